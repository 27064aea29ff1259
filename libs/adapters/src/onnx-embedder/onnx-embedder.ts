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

/** A question waits for at most so many texts of a passage. */
const textsPerOrder = 8;

interface Order {
  texts: string[];
  resolve: (vectors: Float32Array[]) => void;
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
  private readonly waiting: Record<TextKind, Order[]> = { question: [], passage: [] };
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
    await this.process.end();
  }

  /** Texts of like length go together, so that little is filled up. */
  protected override async embed(texts: string[], kind: TextKind): Promise<Float32Array[]> {
    const order = texts.map((_, at) => at).sort((one, other) => texts[one]!.length - texts[other]!.length);
    const vectors = new Array<Float32Array>(texts.length);
    const some: Promise<void>[] = [];
    for (let start = 0; start < order.length; start += textsPerOrder) {
      const places = order.slice(start, start + textsPerOrder);
      const asked = this.ask(
        kind,
        places.map((place) => this.prefixes[kind] + texts[place]!),
      );
      some.push(asked.then((found) => places.forEach((place, at) => (vectors[place] = found[at]!))));
    }
    await Promise.all(some);
    return vectors;
  }

  private ask(kind: TextKind, texts: string[]): Promise<Float32Array[]> {
    return new Promise((resolve, reject) => {
      this.waiting[kind].push({ texts, resolve, reject });
      void this.work();
    });
  }

  private async work(): Promise<void> {
    if (this.isWorking) return;
    this.isWorking = true;
    for (let order = this.next(); order; order = this.next()) {
      try {
        order.resolve(await (await this.living()).embed(order.texts));
      } catch (error) {
        order.reject(error);
      }
    }
    this.isWorking = false;
  }

  private next(): Order | undefined {
    return this.waiting.question.shift() ?? this.waiting.passage.shift();
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
