import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What was expected of the folder of a model, and isn't so; its words follow on "expected". */
export class ModelFolderError extends Error {
  override readonly name = 'ModelFolderError';
}

/** How the vectors of a text's tokens become one. */
export type Pooling = 'mean' | 'cls' | 'last' | 'max';

/** A model as exports of sentence-transformers and of the Hugging Face hub lie on disk. */
export interface ModelFolder {
  modelFile: string;
  /** Weights that stand beside a large model, if there are any. */
  weightsFile: string | null;
  tokenizer: Record<string, unknown>;
  tokenizerConfig: Record<string, unknown>;
  /** How the output by token is pooled; of no meaning where the model has an output by text. */
  pooling: Pooling;
  /** Tokens that the model reads of a text. */
  window: number;
  prefixes: { question: string; passage: string };
}

type Json = Record<string, unknown>;

const modelFiles = ['model.onnx', 'onnx/model.onnx', 'model_quantized.onnx', 'onnx/model_quantized.onnx'];
const usualWindow = 512;
/** Some files say a length that means "no limit". */
const longestWindow = 100_000;

/** Reads everything about the model but the model itself. Throws {@link ModelFolderError}. */
export async function readModelFolder(folder: string): Promise<ModelFolder> {
  const modelFile = await firstOf(folder, modelFiles);
  if (!modelFile)
    throw new ModelFolderError(
      `a folder with the files model.onnx (or onnx/model.onnx) and tokenizer.json; there is no model.onnx`,
    );
  const read = (file: string) => readJson(folder, file);
  const tokenizer = await read('tokenizer.json');
  if (!tokenizer)
    throw new ModelFolderError(
      `a folder with the files model.onnx (or onnx/model.onnx) and tokenizer.json; there is no tokenizer.json`,
    );
  const tokenizerConfig = (await read('tokenizer_config.json')) ?? {};
  await refuseFurtherLayers(folder);
  return {
    modelFile: join(folder, modelFile),
    weightsFile: await firstOf(folder, [`${modelFile}_data`, `${modelFile}.data`]).then((file) => file && join(folder, file)),
    tokenizer,
    tokenizerConfig,
    pooling: poolingOf((await read('1_Pooling/config.json')) ?? {}),
    window: windowOf(tokenizerConfig, (await read('sentence_bert_config.json')) ?? {}, (await read('config.json')) ?? {}),
    prefixes: prefixesOf((await read('config_sentence_transformers.json')) ?? {}),
  };
}

async function firstOf(folder: string, files: string[]): Promise<string | null> {
  for (const file of files) {
    const isThere = await access(join(folder, file)).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return null;
}

/** Null where there is no such file. */
async function readJson(folder: string, file: string): Promise<Json | null> {
  const text = await readFile(join(folder, file), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Json;
  } catch {
    // Said below, for what is no JSON and for what is no object.
  }
  throw new ModelFolderError(`a JSON object in ${file}, which holds something else`);
}

/** What comes behind the pooling is not in the model's file, and without it the vectors would be wrong in silence. */
async function refuseFurtherLayers(folder: string): Promise<void> {
  const modules = await readJson(folder, 'modules.json');
  const further = Object.values(modules ?? {}).find((module) =>
    /\.(Dense|LayerNorm|WordWeights|CNN|LSTM)$/.test(String((module as Json | null)?.['type'])),
  );
  if (further)
    throw new ModelFolderError(
      `a model of one ONNX file; modules.json names a layer that stands beside it (${String((further as Json)['type'])})`,
    );
}

function poolingOf(settings: Json): Pooling {
  if (settings['pooling_mode_cls_token'] === true) return 'cls';
  if (settings['pooling_mode_lasttoken'] === true) return 'last';
  if (settings['pooling_mode_max_tokens'] === true) return 'max';
  return 'mean';
}

/** The narrowest of what the files say. */
function windowOf(tokenizer: Json, sentences: Json, model: Json): number {
  // Models of this family count positions from behind the filling token.
  const isRoberta = /roberta|camembert|mpnet/.test(String(model['model_type']));
  const positions = Number(model['max_position_embeddings']) - (isRoberta ? Number(model['pad_token_id'] ?? 1) + 1 : 0);
  const said = [tokenizer['model_max_length'], sentences['max_seq_length'], positions].map(Number);
  const sensible = said.filter((length) => Number.isInteger(length) && length > 2 && length < longestWindow);
  return sensible.length ? Math.min(...sensible) : usualWindow;
}

function prefixesOf(settings: Json): ModelFolder['prefixes'] {
  const prompts = (settings['prompts'] ?? {}) as Json;
  const named = (...names: string[]) => names.map((name) => prompts[name]).find((prompt) => typeof prompt === 'string');
  return { question: named('query', 'question') ?? '', passage: named('document', 'passage', 'corpus') ?? '' };
}
