import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { loadRuntime, sessionOptions, type OnnxRuntime, type OnnxSession, type OnnxTensor } from './load-runtime';
import type { OpenedModel } from './onnx-messages';
import { poolTokens } from './pool-tokens';
import { ModelFolderError, readModelFolder, type ModelFolder } from './read-model-folder';
import { openTokenizer, type TokenizeText } from './tokenize-text';

/** A model of a folder on disk, ready to make vectors. */
export class OnnxModel {
  private constructor(
    private readonly folder: ModelFolder,
    private readonly runtime: OnnxRuntime,
    private readonly session: OnnxSession,
    private readonly tokenize: TokenizeText,
  ) {}

  /** Reads the folder, loads the runtime and the model. Throws {@link ModelFolderError}. */
  static async open(path: string): Promise<OnnxModel> {
    const folder = await readModelFolder(path);
    const tokenize = openTokenizer(folder);
    const runtime = loadRuntime(path);
    const weights = folder.weightsFile && { path: basename(folder.weightsFile), data: folder.weightsFile };
    const session = await runtime.InferenceSession.create(folder.modelFile, sessionOptions(weights || null)).catch(
      (error: unknown) => {
        throw new ModelFolderError(
          `an ONNX model in ${basename(folder.modelFile)} that the runtime can load (${firstLine(error)})`,
        );
      },
    );
    return new OnnxModel(folder, runtime, session, tokenize);
  }

  /** Tries the model on a word. Throws {@link ModelFolderError} where it is no model of texts. */
  async describe(): Promise<OpenedModel> {
    const [vector] = await this.embed(['a']).catch((error: unknown) => {
      throw new ModelFolderError(`a model that makes vectors of texts (${firstLine(error)})`);
    });
    return { dimensions: vector!.length, version: await versionOf(this.folder), prefixes: this.folder.prefixes };
  }

  /** One vector per text, not of unit length. */
  async embed(texts: string[]): Promise<Float32Array[]> {
    const tokens = texts.map((text) => this.tokenize(text));
    const lengths = tokens.map((ids) => ids.length);
    const longest = Math.max(1, ...lengths);
    const outputs = await this.session.run(this.inputsOf(tokens, longest));
    const { data, dims } = this.choose(outputs);
    if (!(data instanceof Float32Array)) throw new Error('its numbers are not of 32 bits');
    const dimensions = dims.at(-1)!;
    if (dims.length === 2) return texts.map((_, at) => data.slice(at * dimensions, (at + 1) * dimensions));
    return poolTokens({ values: data, lengths, longest, dimensions }, this.folder.pooling);
  }

  /** By text where the model has that, otherwise by token. */
  private choose(outputs: Record<string, OnnxTensor>): OnnxTensor {
    const named = ['sentence_embedding', 'last_hidden_state', 'token_embeddings', ...this.session.outputNames];
    const found = named
      .map((name) => outputs[name])
      .find((output) => output && (output.dims.length === 2 || output.dims.length === 3));
    if (!found) throw new Error('it has no output of vectors');
    return found;
  }

  private inputsOf(tokens: number[][], longest: number): Record<string, OnnxTensor> {
    const fill = (valueOf: (ids: number[], at: number) => number) =>
      tokens.flatMap((ids) => Array.from({ length: longest }, (_, at) => (at < ids.length ? valueOf(ids, at) : 0)));
    const known: Record<string, () => number[]> = {
      input_ids: () => fill((ids, at) => ids[at]!),
      attention_mask: () => fill(() => 1),
      token_type_ids: () => fill(() => 0),
      position_ids: () => fill((_, at) => at),
    };
    return Object.fromEntries(
      this.session.inputNames.map((name) => {
        const values = known[name];
        if (!values) throw new Error(`it wants the input ${name}, which is not one of ${Object.keys(known).join(', ')}`);
        return [name, this.tensor(name, values(), [tokens.length, longest])];
      }),
    );
  }

  private tensor(name: string, values: number[], shape: number[]): OnnxTensor {
    const type = this.session.inputMetadata?.find((input) => input.name === name)?.type;
    if (type === 'int32') return new this.runtime.Tensor('int32', Int32Array.from(values), shape);
    return new this.runtime.Tensor('int64', BigInt64Array.from(values, BigInt), shape);
  }
}

/** Of everything that a vector depends on: vectors of two versions must never be compared. */
async function versionOf({ modelFile, weightsFile, tokenizer, pooling, window, prefixes }: ModelFolder): Promise<string> {
  const hash = createHash('sha256');
  for (const file of [modelFile, weightsFile])
    if (file) for await (const piece of createReadStream(file)) hash.update(piece as Uint8Array);
  return hash.update(JSON.stringify([tokenizer, pooling, window, prefixes])).digest('hex');
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]!.slice(0, 300);
}
