import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes, type MeaningMap } from '@docent/contracts';
import { aBot, addSource, anApiKey, ask, aWorkspace, call, type As } from './support/api-client';
import { startApp, type StartedApp } from './support/start-app';

let app: StartedApp;
let key: As;
let botId: string;

beforeAll(async () => {
  app = await startApp();
  const workspace = await aWorkspace(app.url);
  key = { key: await anApiKey(app.url, workspace.as) };
  botId = await aBot(app.url, key);
});
afterAll(() => app?.close());

async function map(bot = botId): Promise<MeaningMap> {
  const { status, body } = await call(app.url, routes.meaningMap, { params: { botId: bot } }, key);
  expect(status).toBe(200);
  return body as MeaningMap;
}

const subjects = {
  Parcels: ['A parcel is delivered within three working days.', 'The courier rings twice and leaves the package with a neighbour.', 'Shipping abroad takes a week, customs may delay the delivery.'],
  Batteries: ['The battery is charged in four hours with the charger that comes with it.', 'A worn accumulator loses its charge over night.', 'Batteries are replaced by unscrewing the lid of the device.'],
};
const handbook = (sentences: string[]) => sentences.map((sentence, at) => `## Part ${at + 1}\n\n${sentence}\n`).join('\n');

describe('the map of meaning', () => {
  it('is empty for a bot that knows nothing and was asked nothing', async () => {
    expect(await map()).toMatchObject({ passages: 0, points: [], sources: [], topics: [], questions: [] });
  });

  it('draws every passage with its place, in the source that it opens', async () => {
    for (const [name, sentences] of Object.entries(subjects)) await addSource(app.url, botId, { type: 'text', name, text: handbook(sentences) }, key);
    const drawn = await map();
    expect(drawn.set).toMatch(/#/);
    expect(drawn.sources.map(({ name, type }) => [name, type])).toEqual([
      ['Parcels', 'text'],
      ['Batteries', 'text'],
    ]);
    expect(drawn.points).toHaveLength(drawn.passages);
    expect(drawn.sampled).toBe(false);
    const [point] = drawn.points;
    const { body } = await call(app.url, routes.getSourceText, { params: { sourceId: point!.sourceId } }, key);
    const opened = (body as { text: string }).text.slice(point!.start, point!.end).replace(/\s+/g, ' ');
    expect(opened).toContain(point!.excerpt.replace('…', ''));
  });

  it('puts a question among the passages that mean the same, and says whether it was answered', async () => {
    await ask(app.url, botId, 'How long does the battery take to charge?', key);
    await ask(app.url, botId, 'Who painted the ceiling of the opera in Paris?', key);
    const drawn = await map();
    const about = (text: string) => drawn.questions.find((question) => question.text.includes(text))!;
    const battery = about('battery');
    const source = drawn.points[battery.nearest!.point]!.sourceId;
    expect(drawn.sources.find(({ id }) => id === source)!.name).toBe('Batteries');
    expect(battery.answered).toBe(true);
    expect(about('opera').answered).toBe(false);
    expect(battery.place).not.toBeNull();
  });

  it('leaves out what members tried in the playground', async () => {
    const owner = await aWorkspace(app.url);
    const bot = await aBot(app.url, owner.as);
    await ask(app.url, bot, 'Is anybody there?', owner.as);
    const { body } = await call(app.url, routes.meaningMap, { params: { botId: bot } }, owner.as);
    expect((body as MeaningMap).questions).toEqual([]);
  });

  it('is drawn anew when a source has gone', async () => {
    const before = await map();
    const gone = before.sources.find(({ name }) => name === 'Parcels')!.id;
    await call(app.url, routes.deleteSource, { params: { sourceId: gone } }, key);
    const after = await map();
    expect(after.points.some(({ sourceId }) => sourceId === gone)).toBe(false);
    expect(after.points.length).toBeGreaterThan(0);
  });
});
