import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { embedderTests } from '@docent/ports/testing';
import { aModelFolder, realRuntime, type ModelFolderOptions, type RuntimeKind } from '../testing';
import { writeOnnxModel } from '../testing/write-onnx-model';
import { OnnxEmbedder, type OnnxEmbedderOptions } from './onnx-embedder';

const words =
  'we ship to norway sweden return unused items shipping takes days bananas are yellow fruit how much is it one two three four'.split(
    ' ',
  );
const runtimes: RuntimeKind[] = realRuntime() ? ['stand-in', 'real'] : ['stand-in'];
if (runtimes.length === 1)
  console.warn(
    'Skipping the tests with a real ONNX runtime: none found (npm install --prefix <folder> onnxruntime-web, and ONNX_RUNTIME=<folder>)',
  );

const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function aFolder(options: Partial<ModelFolderOptions> = {}): Promise<string> {
  const { folder, remove } = await aModelFolder({ words, ...options });
  undo.push(remove);
  return folder;
}

async function anEmbedder(
  options: Partial<ModelFolderOptions> = {},
  more: Partial<OnnxEmbedderOptions> = {},
): Promise<OnnxEmbedder> {
  const embedder = await OnnxEmbedder.open({ folder: await aFolder(options), ...more });
  undo.push(() => embedder.close());
  return embedder;
}

const scope = { tenantId: 'tenant' };
const ask = async (embedder: OnnxEmbedder, text: string) =>
  (await embedder.forKnowledge(scope, 'bot').embedQuestion(text)).values;
const cosine = (one: Float32Array, other: Float32Array) => one.reduce((sum, value, at) => sum + value * other[at]!, 0);

describe.each(runtimes)('with the runtime: %s', (runtime) => {
  embedderTests(`ONNX, ${runtime}`, async () => {
    const { folder, remove } = await aModelFolder({ words, runtime });
    const embedder = await OnnxEmbedder.open({ folder });
    return {
      embedder,
      close: async () => {
        await embedder.close();
        await remove();
      },
    };
  });

  it('gives a text the same vector alone and among longer ones', async () => {
    const embedder = await anEmbedder({ runtime });
    const texts = Array.from({ length: 21 }, (_, at) => ({
      title: '',
      text: words.slice(0, 1 + ((at * 5) % words.length)).join(' '),
    }));
    const knowledge = embedder.forKnowledge(scope, 'bot');
    const together = await knowledge.embedPassages(texts);
    for (const at of [0, 4, 8, 20]) {
      const [alone] = await knowledge.embedPassages([texts[at]!]);
      expect(cosine(alone!.whole, together[at]!.whole)).toBeCloseTo(1, 5);
    }
  });

  it('says what was expected of a file that is no model', async () => {
    const folder = await aFolder({ runtime });
    await writeFile(join(folder, 'model.onnx'), 'This is not a model.');
    await expect(OnnxEmbedder.open({ folder })).rejects.toThrow(/an ONNX model in model\.onnx that the runtime can load/);
  });
});

describe('a folder', () => {
  it('may keep its model where exports of the hub keep it', async () => {
    const folder = await aFolder({ files: { 'onnx/model.onnx': writeOnnxModel(new Float32Array(2_000).fill(0.5), 10) } });
    await rm(join(folder, 'model.onnx'));
    const embedder = await OnnxEmbedder.open({ folder });
    undo.push(() => embedder.close());
    expect(embedder.dimensions).toBe(10);
  });

  it.each<[string, Partial<ModelFolderOptions>, string | null, RegExp]>([
    ['has no model', {}, 'model.onnx', /there is no model\.onnx/],
    ['has no tokenizer', {}, 'tokenizer.json', /there is no tokenizer\.json/],
    ['has a broken tokenizer', { files: { 'tokenizer.json': Buffer.from('{') } }, null, /a JSON object in tokenizer\.json/],
    ['has a tokenizer of an unknown kind', { files: { 'tokenizer.json': { model: { type: 'Telepathy' } } } }, null, /can read/],
    ['has no runtime', { runtime: 'none' }, null, /npm install --prefix "\$EMBEDDER_FOLDER" onnxruntime-web/],
    [
      'wants an input that no text gives',
      { files: { 'model.onnx': writeOnnxModel(new Float32Array(2_000), 10, ['input_ids', 'pixel_values']) } },
      null,
      /pixel_values/,
    ],
    [
      'has a further layer beside the model',
      { files: { 'modules.json': [{ type: 'sentence_transformers.models.Dense' }] } },
      null,
      /Dense/,
    ],
  ])('that %s is refused, with what was expected', async (_, options, missing, expected) => {
    const folder = await aFolder(options);
    if (missing) await rm(join(folder, missing));
    await expect(OnnxEmbedder.open({ folder })).rejects.toThrow(expected);
  });

  it('gives another name to vectors that are made otherwise', async () => {
    const names = [];
    for (const files of [
      {},
      { '1_Pooling/config.json': { pooling_mode_cls_token: true } },
      { 'sentence_bert_config.json': { max_seq_length: 8 } },
    ])
      names.push((await anEmbedder({ files })).name.split('-').at(-1));
    names.push((await anEmbedder({}, { prefixes: { passage: 'passage: ' } })).name.split('-').at(-1));
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('a text', () => {
  it('is cut at the window of the model', async () => {
    const embedder = await anEmbedder({ files: { 'sentence_bert_config.json': { max_seq_length: 5 } } });
    const whole = await ask(embedder, 'norway sweden fruit bananas yellow');
    expect(cosine(whole, await ask(embedder, 'norway sweden fruit'))).toBeCloseTo(1, 5);
    expect(cosine(whole, await ask(embedder, 'norway sweden'))).toBeLessThan(0.99);
  });

  it('is its first token where the folder says so', async () => {
    const embedder = await anEmbedder({ files: { '1_Pooling/config.json': { pooling_mode_cls_token: true } } });
    // The mark before every text says nothing of it in this model.
    expect(cosine(await ask(embedder, 'norway'), await ask(embedder, 'bananas'))).toBeCloseTo(1, 5);
  });

  it('gets before it what the folder says of questions and passages', async () => {
    const prompts = { prompts: { query: 'how much: ', document: 'return items: ' } };
    const [plain, prompted] = [await anEmbedder(), await anEmbedder({ files: { 'config_sentence_transformers.json': prompts } })];
    expect(cosine(await ask(prompted, 'norway'), await ask(plain, 'how much: norway'))).toBeCloseTo(1, 5);
    const [passage] = await prompted.forKnowledge(scope, 'bot').embedPassages([{ title: '', text: 'norway' }]);
    expect(cosine(passage!.whole, await ask(plain, 'return items: norway'))).toBeCloseTo(1, 5);
  });

  it.each([
    ['a million letters', 'a'.repeat(1_000_000)],
    ['a million words', 'norway '.repeat(200_000)],
    ['lone surrogates', '\ud800 norway \udfff'],
  ])('of %s is taken', async (_, text) => {
    expect(await ask(await anEmbedder(), text)).toHaveLength(24);
  });
});

describe('the process of the model', () => {
  it('is started anew after it died, and gives the same vectors', async () => {
    const embedder = await anEmbedder();
    const before = await ask(embedder, 'shipping to norway');
    await killProcessOf(embedder);
    expect(await ask(embedder, 'shipping to norway')).toEqual(before);
  });

  it('does not go on with another model under the same name', async () => {
    const folder = await aFolder();
    const embedder = await OnnxEmbedder.open({ folder });
    undo.push(() => embedder.close());
    await writeFile(join(folder, 'model.onnx'), writeOnnxModel(new Float32Array(24 * 200).fill(0.3), 24));
    await killProcessOf(embedder);
    await expect(ask(embedder, 'norway')).rejects.toThrow(/have changed/);
  });

  it('takes questions before passages that wait', async () => {
    const embedder = await anEmbedder();
    const knowledge = embedder.forKnowledge(scope, 'bot');
    const done: string[] = [];
    const passages = knowledge
      .embedPassages(Array.from({ length: 400 }, (_, at) => ({ title: '', text: `norway ${at}` })))
      .then(() => done.push('passages'));
    const question = knowledge.embedQuestion('norway').then(() => done.push('question'));
    await Promise.all([passages, question]);
    expect(done).toEqual(['question', 'passages']);
  });

  it('answers nothing after it was closed', async () => {
    const embedder = await anEmbedder();
    await embedder.close();
    await expect(ask(embedder, 'norway')).rejects.toThrow(/closed/);
  });
});

/** As a crash in foreign code would. */
async function killProcessOf(embedder: OnnxEmbedder): Promise<void> {
  const { process } = embedder as unknown as { process: { end(): Promise<void> } };
  await process.end();
}
