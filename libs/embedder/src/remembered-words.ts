/** Vectors that were put together lately, in 8 bits each; when it is full, the oldest makes room. */
export class RememberedWords {
  private readonly places = new Map<number, number>();
  private readonly owners: Int32Array;
  private readonly levels: Int8Array;
  private readonly scales: Float32Array;
  private next = 0;

  constructor(
    private readonly dimensions: number,
    private readonly capacity: number,
  ) {
    this.owners = new Int32Array(capacity);
    this.levels = new Int8Array(capacity * dimensions);
    this.scales = new Float32Array(capacity);
  }

  /** Place of the word with this hash, or -1. */
  find(hash: number): number {
    return this.places.get(hash) ?? -1;
  }

  /** Keeps a vector and returns its place, which holds until as many others were kept as there is room for. */
  keep(hash: number, vector: Float32Array): number {
    const place = this.next;
    this.next = (place + 1) % this.capacity;
    const former = this.owners[place]! >>> 0;
    if (this.places.get(former) === place) this.places.delete(former);
    this.places.set(hash, place);
    this.owners[place] = hash | 0;
    let largest = 0;
    for (const value of vector) largest = Math.max(largest, Math.abs(value));
    const scale = (this.scales[place] = largest / 127 || 1);
    const from = place * this.dimensions;
    for (let index = 0; index < vector.length; index++) this.levels[from + index] = Math.round(vector[index]! / scale);
    return place;
  }

  /** Adds `weight` times the vector at a place to the values of `target` from `at` on. */
  add(place: number, weight: number, target: Float32Array, at: number): void {
    const { levels, dimensions } = this;
    const factor = weight * this.scales[place]!;
    const from = place * dimensions;
    for (let index = 0; index < dimensions; index++) target[at + index]! += factor * levels[from + index]!;
  }
}
