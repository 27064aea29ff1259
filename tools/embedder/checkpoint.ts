import { closeSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import type { TrainingRecipe } from '@docent/embedder/training';
import type { TrainingState } from './trainer';

/** Writes where a training stands: a line of JSON, then rows and sums of squares as they are in memory. Complete or not there at all. */
export function writeCheckpoint(file: string, recipe: TrainingRecipe, { batch, parameters, squares }: TrainingState): void {
  const head = Buffer.from(`${JSON.stringify({ recipe, batch, parameters: parameters.length, squares: squares.length })}\n`);
  const open = openSync(`${file}.part`, 'w');
  writeSync(open, Buffer.concat([Buffer.alloc(4), head]));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  writeSync(open, length, 0, 4, 0);
  for (const values of [parameters, squares])
    writeAll(
      open,
      Buffer.from(values.buffer, values.byteOffset, values.byteLength),
      4 + head.length + (values === squares ? parameters.byteLength : 0),
    );
  closeSync(open);
  renameSync(`${file}.part`, file);
}

/** Reads a checkpoint back. Throws when it was written under another recipe: what came out would have no name. */
export function readCheckpoint(file: string, recipe: TrainingRecipe): TrainingState {
  const open = openSync(file, 'r');
  const length = Buffer.alloc(4);
  readSync(open, length, 0, 4, 0);
  const head = Buffer.alloc(length.readUInt32LE());
  readSync(open, head, 0, head.length, 4);
  const stored = JSON.parse(head.toString()) as { recipe: TrainingRecipe; batch: number; parameters: number; squares: number };
  if (JSON.stringify(stored.recipe) !== JSON.stringify(recipe))
    throw new Error(`${file} was written under another recipe: ${JSON.stringify(stored.recipe)}`);
  const parameters = new Float32Array(stored.parameters);
  const squares = new Float32Array(stored.squares);
  readAll(open, Buffer.from(parameters.buffer), 4 + head.length);
  readAll(open, Buffer.from(squares.buffer), 4 + head.length + parameters.byteLength);
  closeSync(open);
  return { batch: stored.batch, parameters, squares };
}

function writeAll(open: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length;) done += writeSync(open, bytes, done, bytes.length - done, position + done);
}

function readAll(open: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length;) {
    const read = readSync(open, bytes, done, bytes.length - done, position + done);
    if (read === 0) throw new Error('The checkpoint is cut short');
    done += read;
  }
}
