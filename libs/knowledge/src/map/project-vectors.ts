import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { dot } from './vectors';

export interface Place {
  x: number;
  y: number;
}

/**
 * How sharply a vector is drawn to the centres that it is nearest to, against how much nearer they are than all on average: lower values make
 * denser islands. By that measure, because short questions are less near to everything, and would all stand in the middle.
 */
const softness = 0.14;
/** How far a vector's own direction moves it from there. */
const ownShare = 0.45;
const rounds = 100;

/**
 * Where meaning goes on a plane. The centres of topics are laid out by principal components and then moved until their distances on the
 * plane fit those in space as well as they can (stress majorisation: Gansner, Koren and North, 2004). Everything else stands between the
 * centres that it is nearest to, moved a little along the first two components. Passages and questions go by the same rule, so that a
 * question stands among the passages that mean the same.
 */
export class Projection {
  private readonly axes: readonly Float32Array[];
  private readonly landmarks: readonly Place[];

  constructor(private readonly centres: readonly Float32Array[]) {
    this.axes = principalAxes(centres);
    const start = centres.map((centre) => ({ x: dot(centre, this.axes[0]!), y: dot(centre, this.axes[1]!) }));
    this.landmarks = relax(start, centres);
  }

  /** Null for a vector of length 0: nothing is known about where it belongs. */
  place(vector: Float32Array): Place | null {
    const closeness = this.centres.map((centre) => dot(vector, centre));
    const most = Math.max(...closeness);
    if (closeness.length === 0 || vector.every((value) => value === 0)) return null;
    const spread = Math.max(most - closeness.reduce((total, value) => total + value, 0) / closeness.length, 1e-6);
    const weights = closeness.map((value) => Math.exp((value - most) / (softness * spread)));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const place = { x: 0, y: 0 };
    const between = new Float32Array(vector.length);
    this.landmarks.forEach((landmark, at) => {
      const share = weights[at]! / sum;
      place.x += share * landmark.x;
      place.y += share * landmark.y;
      if (share > 0.001) this.centres[at]!.forEach((value, index) => (between[index]! += share * value));
    });
    const own = vector.map((value, index) => value - between[index]!);
    return { x: rounded(place.x + ownShare * dot(own, this.axes[0]!)), y: rounded(place.y + ownShare * dot(own, this.axes[1]!)) };
  }
}

/** Nobody sees more of the digits, and each would travel. */
function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/** The two directions in which the centres differ most; found in the space of the centres, which is small whatever the dimensions. */
function principalAxes(centres: readonly Float32Array[]): Float32Array[] {
  const dimensions = centres[0]?.length ?? 0;
  const mean = new Float32Array(dimensions);
  for (const centre of centres) centre.forEach((value, at) => (mean[at]! += value / centres.length));
  const centred = centres.map((centre) => centre.map((value, at) => value - mean[at]!));
  const axes = [new Float32Array(dimensions), new Float32Array(dimensions)];
  if (centres.length < 2) return axes;
  const gram = new Matrix(centred.map((left) => centred.map((right) => dot(left, right))));
  const { eigenvectorMatrix, realEigenvalues } = new EigenvalueDecomposition(gram, { assumeSymmetric: true });
  const byValue = realEigenvalues.map((value, at) => ({ value, at })).sort((left, right) => right.value - left.value);
  byValue.slice(0, 2).forEach(({ value, at }, axis) => {
    if (value < 1e-9) return;
    const scale = 1 / Math.sqrt(value);
    centred.forEach((centre, row) => {
      const share = eigenvectorMatrix.get(row, at) * scale;
      centre.forEach((coordinate, index) => (axes[axis]![index]! += share * coordinate));
    });
  });
  return axes;
}

function relax(start: readonly Place[], centres: readonly Float32Array[]): Place[] {
  const distance = (left: number, right: number) => Math.sqrt(Math.max(0, 2 - 2 * dot(centres[left]!, centres[right]!)));
  const wanted = centres.map((_, left) => centres.map((__, right) => distance(left, right)));
  let places = start.map((place) => ({ ...place }));
  for (let round = 0; round < rounds; round++) places = places.map((_, at) => moved(places, at, wanted[at]!));
  return places;
}

/** Where the others, each at its wanted distance, would have this one on average; near ones count more. */
function moved(places: readonly Place[], at: number, wanted: readonly number[]): Place {
  const here = places[at]!;
  let [x, y, total] = [0, 0, 0];
  places.forEach((other, index) => {
    if (index === at || wanted[index]! === 0) return;
    const weight = wanted[index]! ** -2;
    const apart = Math.hypot(here.x - other.x, here.y - other.y);
    // Two at the same place are parted along the direction of their order, always the same.
    const [dx, dy] = apart > 1e-9 ? [(here.x - other.x) / apart, (here.y - other.y) / apart] : [Math.cos(at), Math.sin(at)];
    x += weight * (other.x + wanted[index]! * dx);
    y += weight * (other.y + wanted[index]! * dy);
    total += weight;
  });
  return total > 0 ? { x: x / total, y: y / total } : here;
}
