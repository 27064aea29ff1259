import { reserved, type RowRoom } from './row-room';
import { middleOfBytes } from './vector-kernels';

/** Levels are bytes around this one. */
export const middleOfRemembered = middleOfBytes;

/** Vectors that were put together lately, in 8 bits each; when it is full, the oldest makes room. */
export class RememberedWords {
  private readonly places = new Map<number, number>();
  private readonly owners: Int32Array;
  private readonly scales: Float32Array;
  private readonly rows: number;
  private next = 0;

  /** Takes {@link bytesOfRemembered} of the room. */
  constructor(
    private readonly room: RowRoom,
    private readonly capacity: number,
  ) {
    this.owners = new Int32Array(capacity);
    this.scales = new Float32Array(capacity);
    this.rows = room.reserve(capacity * room.dimensions);
  }

  /** Place of the word with this hash, or -1. */
  find(hash: number): number {
    return this.places.get(hash | 0) ?? -1;
  }

  /** Keeps `factor` times the vector at an address and returns its place, which holds until as many others were kept as there is room for. */
  keep(hash: number, vector: number, factor: number): number {
    const place = this.next;
    this.next = (place + 1) % this.capacity;
    const former = this.owners[place]!;
    if (this.places.get(former) === place) this.places.delete(former);
    this.places.set(hash | 0, place);
    this.owners[place] = hash | 0;
    this.scales[place] = this.room.kernels.toBytes(this.rowAt(place), vector, this.room.dimensions) * factor;
    return place;
  }

  /** Address of the levels at a place. */
  rowAt(place: number): number {
    return this.rows + place * this.room.dimensions;
  }

  scaleAt(place: number): number {
    return this.scales[place]!;
  }
}

/** Room that so many remembered words take. */
export function bytesOfRemembered(capacity: number, dimensions: number): number {
  return reserved(capacity * dimensions);
}
