import { fork, type ChildProcess } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleEntry } from '../bundle-entry';
import type { OnnxAnswer, OnnxOrder, OpenedModel } from './onnx-messages';
import { ModelFolderError } from './read-model-folder';

/** Longer takes no model that is of use for a search. Loading a large one may take its time. */
const answerTimeoutMs = 120_000;

/**
 * A process that holds a model: what it takes of memory and what may crash in foreign code stays out of the server, and the server's loop
 * stays free. One order at a time.
 */
export class ModelProcess {
  private waiting: { resolve: (answer: OnnxAnswer) => void; reject: (error: Error) => void } | null = null;

  private constructor(private readonly child: ChildProcess) {
    child.on('message', (answer: OnnxAnswer) => this.settle((waiting) => waiting.resolve(answer)));
    child.on('error', (error) => this.settle((waiting) => waiting.reject(error)));
    child.on('exit', () => this.settle((waiting) => waiting.reject(new Error('The process of the embedding model ended'))));
  }

  /** `program`: the built one; left out, it is built from source. Throws {@link ModelFolderError}. */
  static async start(folder: string, program: string | undefined): Promise<{ process: ModelProcess; model: OpenedModel }> {
    const entry = program ?? (await bundleEntry(join(dirname(fileURLToPath(import.meta.url)), 'onnx-process.entry.ts')));
    // Nothing of the server's environment, where secrets may stand.
    const started = new ModelProcess(fork(entry, { env: {}, execArgv: [], serialization: 'advanced', stdio: 'ignore' }));
    try {
      const answer = await started.ask({ type: 'open', folder });
      if (answer.type !== 'opened') throw new Error('The process of the embedding model did not open it');
      return { process: started, model: answer.model };
    } catch (error) {
      await started.end();
      throw error;
    }
  }

  get isAlive(): boolean {
    return this.child.connected;
  }

  /** The vectors of a few texts. */
  async embed(texts: string[]): Promise<Float32Array[]> {
    const answer = await this.ask({ type: 'embed', texts });
    if (answer.type !== 'vectors' || answer.vectors.length !== texts.length)
      throw new Error('The embedding model gave no vector for each text');
    return answer.vectors;
  }

  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await gone;
  }

  private async ask(order: OnnxOrder): Promise<OnnxAnswer> {
    const { promise, resolve, reject } = Promise.withResolvers<OnnxAnswer>();
    this.waiting = { resolve, reject };
    const timer = setTimeout(() => {
      this.child.kill('SIGKILL');
      reject(new Error('The embedding model took too long'));
    }, answerTimeoutMs);
    this.child.send(order, (error) => error && reject(error));
    const answer = await promise.finally(() => clearTimeout(timer));
    if (answer.type !== 'problem') return answer;
    throw answer.isOfFolder ? new ModelFolderError(answer.problem) : new Error(`The embedding model failed: ${answer.problem}`);
  }

  private settle(how: (waiting: NonNullable<ModelProcess['waiting']>) => void): void {
    const { waiting } = this;
    this.waiting = null;
    if (waiting) how(waiting);
  }
}
