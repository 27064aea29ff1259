import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes, type LearningState, type Source } from '@docent/contracts';
import { ask, call, request, type As } from './support/api-client';
import { demoQuestions, strangeQuestions, type DemoQuestion } from './support/demo-questions';
import { startApp, type StartedApp } from './support/start-app';

let app: StartedApp;
let key: As;
let bot: string;
const pages = new Map<string, string>();

beforeAll(async () => {
  app = await startApp({ DEMO: 'true' });
  const demo = JSON.parse(await readFile(join(app.dataDir, 'demo.json'), 'utf8')) as { apiKey: string; botId: string };
  key = { key: demo.apiKey };
  bot = demo.botId;
  await until(async () => (await sources()).every(({ status }) => status === 'ready'));
  // It goes on learning from what it reads: what is asked here is what a visitor meets a minute later.
  await until(async () => {
    const { status, vectors } = (await call(app.url, routes.getLearning, { params: { botId: bot } }, key)).body as LearningState;
    return (status === 'learned' || status === 'kept') && vectors.ready;
  });
}, 400_000);
afterAll(() => app?.close());

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((tick) => setTimeout(tick, 300));
}

async function sources(): Promise<Source[]> {
  const { body } = await request(app.url, 'GET', `/v1/bots/${bot}/sources?limit=100`, undefined, key);
  const items = body.items as Source[];
  for (const { id, url } of items) pages.set(id, url!.split('/').at(-1)!);
  return items;
}

/** The page that is cited first, the words cited, and what is said. */
async function answerTo(question: string): Promise<{ page: string | undefined; cited: string; text: string }> {
  const { events } = await ask(app.url, bot, question, key);
  const end = events.at(-1)!;
  if (end.type !== 'answer.completed') throw new Error(`it ended with ${end.type}`);
  const { citations, text } = end.data;
  return { page: pages.get(citations[0]?.sourceId ?? ''), cited: citations.map(({ quote }) => quote).join(' '), text };
}

describe('the demo bot, as a visitor meets it, answers from the right page what is asked', () => {
  it.each([
    ['Can I run it without internet?', 'self-hosting', 'without the internet'],
    ['How do I make a copy of my data?', 'self-hosting', 'copy the whole folder'],
    ['How do I log in the first time?', 'getting-started', 'one-time password'],
    ['How do I turn on dark mode?', 'widget', 'dark mode'],
  ])('in other words: %s', async (question, page, words) => {
    const answer = await answerTo(question);
    expect(answer.page).toBe(page);
    expect(answer.cited).toContain(words);
  });

  it.each([
    ['How do I delte a documnt?', 'knowledge', 'press Delete'],
    ['How do I invte a collegue?', 'concepts', 'open Members'],
    ['Which file fromats can I uplaod?', 'knowledge', 'PDF'],
  ])('with typos: %s', async (question, page, words) => {
    const answer = await answerTo(question);
    expect(answer.page).toBe(page);
    expect(answer.cited).toContain(words);
  });

  it.each([
    ['Wie lösche ich ein Dokument?', 'knowledge', 'press Delete', 'Sprache'],
    ['¿Qué formatos de archivo puedo subir?', 'knowledge', 'PDF', 'idioma'],
    ['¿Cómo instalo Docent?', 'getting-started', 'npm start', 'idioma'],
  ])('in another language, and says so: %s', async (question, page, words, said) => {
    const answer = await answerTo(question);
    expect(answer.page).toBe(page);
    expect(answer.cited).toContain(words);
    expect(answer.text).toContain(said);
  });
});

/** What it quotes, after an earlier question where there is one. */
async function quotesFor({
  ask: question,
  after,
}: Pick<DemoQuestion, 'ask' | 'after'>): Promise<{ page: string | undefined; quote: string }[]> {
  const before =
    after === undefined
      ? []
      : [
          { role: 'user', content: after },
          { role: 'assistant', content: 'It is in the documentation.' },
        ];
  const messages = [...before, { role: 'user', content: question }];
  const { status, body } = await request(app.url, 'POST', '/v1/chat/completions', { model: bot, messages }, key);
  if (status !== 200) throw new Error(`asking answered ${status}: ${JSON.stringify(body)}`);
  return (body.citations as { sourceId: string; quote: string }[]).map(({ sourceId, quote }) => ({
    page: pages.get(sourceId)?.replace(/^docs$/, 'index'),
    quote,
  }));
}

/**
 * Measured when they were last added to: 202 of 240 answered rightly, 18 wrongly; 45 of 62 declined. Below these floors something is broken, and what
 * is better may raise them.
 */
const leastRight = 190;
const mostWrong = 26;
const leastDeclined = 39;

describe('the demo bot, asked by many people in their own words', () => {
  it('answers most of what they ask rightly, and hardly anything wrongly', async () => {
    const missed: string[] = [];
    let wrong = 0;
    for (const question of demoQuestions) {
      const quotes = await quotesFor(question);
      const said = quotes.map(({ quote }) => quote).join('\n');
      const isRight = question.pages.includes(quotes[0]?.page ?? '') && question.words.some((words) => said.includes(words));
      if (isRight) continue;
      missed.push(question.ask);
      if (quotes.length > 0) wrong += 1;
    }
    expect(demoQuestions.length - missed.length, `missed: ${missed.join(' · ')}`).toBeGreaterThanOrEqual(leastRight);
    expect(wrong, `missed: ${missed.join(' · ')}`).toBeLessThanOrEqual(mostWrong);
  }, 300_000);

  it('declines most of what the documentation does not say', async () => {
    const answered: string[] = [];
    for (const ask of strangeQuestions) if ((await quotesFor({ ask })).length > 0) answered.push(ask);
    expect(strangeQuestions.length - answered.length, `answered: ${answered.join(' · ')}`).toBeGreaterThanOrEqual(leastDeclined);
  });
});
