import OpenAI from 'openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { passagesIn, type ScriptedModel, startScriptedModel } from './index';

const prompt = [
  'Rules about <passage-MARK number="…"> and </passage-MARK>.',
  '<passage-MARK number="1" title="Shipping">\nOrders ship within two days. We love boats.\n</passage-MARK>',
  '<passage-MARK number="2" title="Returns">\nUnused items can be returned within 30 days.\n</passage-MARK>',
  'Question: When can items be returned?',
].join('\n\n');

let server: ScriptedModel;
let client: OpenAI;
beforeEach(async () => {
  server = await startScriptedModel();
  client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'sk-test', maxRetries: 0 });
});
afterEach(() => server.close());

async function streamed(): Promise<string> {
  const stream = await client.chat.completions.create({
    model: 'm',
    stream: true,
    messages: [{ role: 'user', content: prompt }],
  });
  let text = '';
  for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
  return text;
}

describe('to the official client, the scripted model', () => {
  it('is helpful: it quotes the passage that answers, with its number, streamed and whole', async () => {
    expect(await streamed()).toMatch(/^Unused items can be returned within 30 days\. \[2\]/);
    const whole = await client.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: prompt }] });
    expect(whole.choices[0]?.message.content).toBe(await streamed());
    expect(whole.choices[0]?.finish_reason).toBe('stop');
  });

  it('lies on demand', async () => {
    server.reply({ kind: 'lie', lie: 'unknown_passage' });
    expect(await streamed()).toContain('[9]');
    server.reply({ kind: 'lie', lie: 'wrong_passage' });
    expect(await streamed()).toContain('30 days. [1]');
    server.reply({ kind: 'lie', lie: 'no_citation' });
    expect(await streamed()).not.toContain('[');
  });

  it('refuses, cuts and recovers in the order of its scripts', async () => {
    server.reply(
      { kind: 'status', status: 429, retryAfterSeconds: 7 },
      { kind: 'cut', pieces: ['Half '] },
      { kind: 'pieces', pieces: ['whole'] },
    );
    const refusal: unknown = await streamed().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(OpenAI.RateLimitError);
    await expect(streamed()).rejects.toThrow();
    expect(await streamed()).toBe('whole');
    expect(await streamed()).toBe('whole');
  });

  it('records what it was sent', async () => {
    await streamed();
    expect(server.requests).toMatchObject([
      {
        method: 'POST',
        path: '/v1/chat/completions',
        headers: { authorization: 'Bearer sk-test' },
        body: { model: 'm' },
        aborted: false,
      },
    ]);
  });

  it('lists a model and makes vectors', async () => {
    expect((await client.models.list()).data.map(({ id }) => id)).toEqual(['scripted']);
    const { data } = await client.embeddings.create({ model: 'm', input: ['a', 'b'], dimensions: 8 });
    expect(data.map(({ embedding }) => embedding.length)).toEqual([8, 8]);
  });
});

it('finds the passages of a prompt, and not the rules about them', () => {
  expect(passagesIn(prompt).map(({ number }) => number)).toEqual([1, 2]);
});
