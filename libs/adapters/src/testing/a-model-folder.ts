import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeOnnxModel } from './write-onnx-model';

/** Which runtime lies beside the model: `real` is looked for by {@link realRuntime}. */
export type RuntimeKind = 'stand-in' | 'real' | 'none';

export interface ModelFolderOptions {
  /** Words that the model knows whole; all others are put together from letters. */
  words: string[];
  dimensions?: number;
  runtime?: RuntimeKind;
  /** Further files, by path in the folder. */
  files?: Record<string, unknown>;
}

const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]'];
const letters = [...'abcdefghijklmnopqrstuvwxyz0123456789'];

/**
 * The `node_modules` that hold a real ONNX runtime, or null: those of this product, of the folder that ONNX_RUNTIME names, or
 * of `../shared/onnx-runtime`.
 */
export function realRuntime(): string | null {
  const folders = [process.env['ONNX_RUNTIME'], '../shared/onnx-runtime', '.'].filter((folder) => folder !== undefined);
  for (const folder of folders) {
    for (const name of ['onnxruntime-web', 'onnxruntime-node']) {
      try {
        return createRequire(resolve(folder, 'package.json')).resolve(name).split(`/${name}/`)[0]!;
      } catch {
        // Not there: the next place.
      }
    }
  }
  return null;
}

/** A folder with a real, tiny embedding model: a vector for each word, and a tokenizer of the WordPiece kind. */
export async function aModelFolder({
  words,
  dimensions = 24,
  runtime = 'stand-in',
  files = {},
}: ModelFolderOptions): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'model-'));
  const vocabulary = [
    ...new Set([...special, ...letters, ...letters.map((letter) => `##${letter}`), ...words.map((word) => word.toLowerCase())]),
  ];
  const write = async (file: string, content: string | Uint8Array) => {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), content);
  };
  await write('model.onnx', writeOnnxModel(vectorsOf(vocabulary, dimensions), dimensions));
  await write('tokenizer.json', JSON.stringify(tokenizerOf(vocabulary)));
  for (const [file, content] of Object.entries(files))
    await write(file, content instanceof Uint8Array ? content : JSON.stringify(content));
  if (runtime === 'real') await symlink(realRuntime()!, join(folder, 'node_modules'));
  if (runtime === 'stand-in') {
    await write('node_modules/onnxruntime-web/package.json', JSON.stringify({ main: 'index.mjs' }));
    const source = join(dirname(fileURLToPath(import.meta.url)), 'stand-in-runtime.mjs');
    await copyFile(source, join(folder, 'node_modules/onnxruntime-web/index.mjs'));
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Known words far from each other; letters and marks say next to nothing. */
function vectorsOf(vocabulary: string[], dimensions: number): Float32Array {
  const table = new Float32Array(vocabulary.length * dimensions);
  let seed = 7;
  const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32 - 0.5;
  vocabulary.forEach((token, row) => {
    const strength = special.includes(token) ? 0.02 : /^(##)?.$/.test(token) ? 0.1 : 1;
    for (let index = 0; index < dimensions; index++) table[row * dimensions + index] = random() * strength;
  });
  return table;
}

function tokenizerOf(vocabulary: string[]): unknown {
  const numbers = Object.fromEntries(vocabulary.map((token, number) => [token, number]));
  const mark = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
  return {
    version: '1.0',
    added_tokens: special.map((content) => ({
      id: numbers[content],
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [mark('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, mark('[SEP]')],
      pair: [],
      special_tokens: Object.fromEntries(['[CLS]', '[SEP]'].map((id) => [id, { id, ids: [numbers[id]], tokens: [id] }])),
    },
    decoder: null,
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: numbers,
    },
  };
}
