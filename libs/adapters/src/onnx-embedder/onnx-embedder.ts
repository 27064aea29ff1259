import { basename } from 'node:path';
import { ModelEmbedder, type TextKind, type TextPrefixes } from '../model-embedder/model-embedder';
import { ModelProcess } from './model-process';
import type { OpenedModel } from './onnx-messages';

export interface OnnxEmbedderOptions {
  /** Folder of the model: `model.onnx` or `onnx/model.onnx`, `tokenizer.json`, and beside them what exports write of their settings. */
  folder: string;
  /** What is put before a text, in place of what the folder says. */
  prefixes?: Partial<TextPrefixes>;
  /** The built program of the model's process; left out, it is built from source. */
  program?: string;
}

/** A question that comes in between waits for so long, about; on a slow machine that is a text or two. */
const orderMs = 250;
const mostTexts = 16;
/** How much the last order says of the next one's time. */
const weightOfLast = 0.3;

interface Wanted {
  text: string;
  resolve: (vector: Float32Array) => void;
  reject: (error: unknown) => void;
}

/**
 * An embedding model in the ONNX format from a folder on disk, run in a process of its own, without a network. Questions go before
 * passages. A process that died is started anew with the next text.
 */
export class OnnxEmbedder extends ModelEmbedder {
  override readonly name: string;
  override readonly dimensions: number;
  private readonly prefixes: TextPrefixes;
  private readonly waiting: Record<TextKind, Wanted[]> = { question: [], passage: [] };
  /** Of a text of a passage, as far as it could be told; the first orders are small. */
  private msPerText = orderMs / 2;
  private isWorking = false;
  private isClosed = false;

  private constructor(
    private readonly options: OnnxEmbedderOptions,
    private process: ModelProcess,
    private readonly model: OpenedModel,
  ) {
    super();
    this.dimensions = model.dimensions;
    this.prefixes = {
      question: options.prefixes?.question ?? model.prefixes.question,
      passage: options.prefixes?.passage ?? model.prefixes.passage,
    };
    const changed = this.prefixes.passage === model.prefixes.passage ? '' : `+${this.prefixes.passage}`;
    this.name = `${basename(options.folder)}-${model.version.slice(0, 12)}${changed}@${model.dimensions}`;
  }

  /** Loads the model. Throws `ModelFolderError` where the folder is not as expected, or there is no runtime. */
  static async open(options: OnnxEmbedderOptions): Promise<OnnxEmbedder> {
    const { process, model } = await ModelProcess.start(options.folder, options.program);
    return new OnnxEmbedder(options, process, model);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const { reject } of [...this.waiting.question.splice(0), ...this.waiting.passage.splice(0)])
      reject(new Error('The embedding model is closed'));
    await this.process.end();
  }

  /** Texts of like length go together, so that little is filled up. */
  protected override async embed(texts: string[], kind: TextKind): Promise<Float32Array[]> {
    const order = texts.map((_, at) => at).sort((one, other) => texts[one]!.length - texts[other]!.length);
    const wanted = new Array<Promise<Float32Array>>(texts.length);
    for (const at of order) wanted[at] = this.want(kind, this.prefixes[kind] + texts[at]!);
    return Promise.all(wanted);
  }

  private want(kind: TextKind, text: string): Promise<Float32Array> {
    return new Promise((resolve, reject) => {
      this.waiting[kind].push({ text, resolve, reject });
      void this.work();
    });
  }

  private async work(): Promise<void> {
    if (this.isWorking) return;
    this.isWorking = true;
    // All who want something now have said it by then.
    await Promise.resolve();
    for (let wanted = this.next(); wanted.length > 0; wanted = this.next()) {
      try {
        const vectors = await this.timed(wanted.map(({ text }) => text));
        wanted.forEach(({ resolve }, at) => resolve(vectors[at]!));
      } catch (error) {
        wanted.forEach(({ reject }) => reject(error));
      }
    }
    this.isWorking = false;
  }

  private next(): Wanted[] {
    const { question, passage } = this.waiting;
    const count = Math.max(1, Math.min(mostTexts, Math.floor(orderMs / this.msPerText)));
    return question.length > 0 ? question.splice(0, mostTexts) : passage.splice(0, count);
  }

  private async timed(texts: string[]): Promise<Float32Array[]> {
    const process = await this.living();
    const begunAt = performance.now();
    const vectors = await process.embed(texts);
    this.msPerText += weightOfLast * ((performance.now() - begunAt) / texts.length - this.msPerText);
    return vectors;
  }

  private async living(): Promise<ModelProcess> {
    if (this.isClosed) throw new Error('The embedding model is closed');
    if (this.process.isAlive) return this.process;
    const { process, model } = await ModelProcess.start(this.options.folder, this.options.program);
    if (model.version !== this.model.version) {
      await process.end();
      throw new Error('The files of the embedding model have changed since the start; start again to use them');
    }
    return (this.process = process);
  }
}
