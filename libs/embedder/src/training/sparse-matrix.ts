import type { MatrixPlace } from './training-plan';

/** Rows of (column, weight) in shared memory, and where each lies, so that the kernels can be pointed at a row. */
export class SparseMatrix {
  readonly start: Int32Array;
  readonly index: Int32Array;
  readonly weight: Float32Array;

  constructor(
    buffer: ArrayBufferLike,
    readonly place: MatrixPlace,
  ) {
    this.start = new Int32Array(buffer, place.start, place.rows + 1);
    this.index = new Int32Array(buffer, place.index, place.entries);
    this.weight = new Float32Array(buffer, place.weight, place.entries);
  }

  /** Fills this matrix with the other one turned: entries of a row keep the order of the other's rows. */
  fillTransposed(other: SparseMatrix, rows: number, columns: number): void {
    const { start, index, weight } = this;
    start.fill(0, 0, columns + 1);
    const entries = other.start[rows]!;
    for (let at = 0; at < entries; at++) start[other.index[at]! + 1]!++;
    for (let column = 0; column < columns; column++) start[column + 1]! += start[column]!;
    for (let row = 0; row < rows; row++)
      for (let at = other.start[row]!; at < other.start[row + 1]!; at++) {
        const place = start[other.index[at]!]!++;
        index[place] = row;
        weight[place] = other.weight[at]!;
      }
    for (let column = columns; column > 0; column--) start[column] = start[column - 1]!;
    start[0] = 0;
  }
}
