import { workerData } from 'node:worker_threads';
import { control, TrainingMemory, TrainingStep, type SharedTraining } from '@docent/embedder/training';

/** One of the threads that learn: waits for the number of the wanted batch to rise, works on it with the others, says when it is done. */
const { thread, ...shared } = workerData as SharedTraining & { thread: number };
const memory = new TrainingMemory(shared);
const step = new TrainingStep(memory, thread);
for (let batch = 1; ; batch++) {
  for (;;) {
    const wanted = Atomics.load(memory.control, control.wantedBatch);
    if (wanted >= batch || Atomics.load(memory.control, control.stopped)) break;
    Atomics.wait(memory.control, control.wantedBatch, wanted);
  }
  if (Atomics.load(memory.control, control.stopped)) break;
  step.run(memory.slots[batch % memory.slots.length]!);
  if (thread === 0) {
    Atomics.store(memory.control, control.finishedBatch, batch);
    Atomics.notify(memory.control, control.finishedBatch);
  }
}
