/** Places in the control array that all threads share. */
export const control = { arrived: 0, generation: 1, nextItem: 2, wantedBatch: 3, finishedBatch: 4, stopped: 5 } as const;

/** Waits until all threads are here. The last one to come resets the counter from which work is taken. */
export function meet(shared: Int32Array, threads: number): void {
  const generation = Atomics.load(shared, control.generation);
  if (Atomics.add(shared, control.arrived, 1) === threads - 1) {
    Atomics.store(shared, control.arrived, 0);
    Atomics.store(shared, control.nextItem, 0);
    Atomics.add(shared, control.generation, 1);
    Atomics.notify(shared, control.generation);
    return;
  }
  while (Atomics.load(shared, control.generation) === generation) Atomics.wait(shared, control.generation, generation);
}

/** Takes pieces of `items` until none is left. Whoever takes a piece writes its results alone, so who takes which does not matter. */
export function shareOut(shared: Int32Array, items: number, piece: number, work: (item: number) => void): void {
  for (;;) {
    const from = Atomics.add(shared, control.nextItem, piece);
    if (from >= items) return;
    for (let item = from; item < Math.min(items, from + piece); item++) work(item);
  }
}
