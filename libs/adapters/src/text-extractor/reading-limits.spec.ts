import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ChildProcessTextExtractor, type TextExtractorOptions } from './child-process-text-extractor';

/** Stands in for a parser gone wild: does what the file's name says. */
const wildWorker = `
import fs from 'node:fs';
import { spawnSync } from 'node:child_process';
const attempt = (work) => { try { work(); return 'allowed'; } catch (error) { return error.code; } };
const kept = [];
const acts = {
  wait: () => new Promise((done) => setTimeout(done, 1500, 'waited')),
  sleep: () => new Promise(() => undefined),
  hang: () => { for (;;); },
  die: () => process.exit(3),
  grow: () => { for (;;) kept.push(Buffer.alloc(5_000_000, 1)); },
  heap: () => { for (;;) kept.push(new Array(10_000).fill(kept.length)); },
  silence: () => new Promise(() => setInterval(() => {}, 1000)),
  pry: () => JSON.stringify({
    environment: Object.keys(process.env).length,
    read: attempt(() => fs.readFileSync('/etc/passwd')),
    list: attempt(() => fs.readdirSync('/')),
    write: attempt(() => fs.writeFileSync(new URL('./evil', import.meta.url), 'x')),
    run: attempt(() => spawnSync('true')),
  }),
};
process.on('message', async ({ id, fileName }) => {
  const text = String(await acts[fileName]?.() ?? fileName);
  process.send({ type: 'text', id, text: { title: '', mediaType: 'text/plain', text, pages: [], headings: [], tables: [] } });
});
process.on('disconnect', () => process.exit(0));
process.send({ type: 'ready' });
`;

let folder = '';
let workerPath = '';
const open: ChildProcessTextExtractor[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'worker-'));
  workerPath = join(folder, 'worker.mjs');
  await writeFile(workerPath, wildWorker);
  return () => rm(folder, { recursive: true });
});
afterEach(async () => {
  for (const extractor of open.splice(0)) await extractor.close();
});

describe('the process that reads files', { timeout: 60_000 }, () => {
  it('sees no environment and no file but its own code, writes nothing and runs nothing', async () => {
    const { text } = await extract(anExtractor(), 'pry');
    expect(JSON.parse(text)).toEqual({ environment: 0, read: denied, list: denied, write: denied, run: denied });
  });

  it.each(['die', 'grow', 'heap', 'hang'])('fails alone when it does this: %s', async (act) => {
    const extractor = anExtractor({
      timeoutMs: act === 'hang' ? 300 : 30_000,
      maxMemoryGrowthBytes: 100_000_000,
      maxHeapMegabytes: 60,
    });
    await expect(extract(extractor, act)).rejects.toMatchObject({ name: 'ExtractionError', code: 'file_too_complex' });
    expect((await extract(extractor, 'next')).text).toBe('next');
  });

  it.skipIf(process.platform !== 'linux')('is not taken to be slow where it only got no processor, but not forever', async () => {
    const extractor = anExtractor({ timeoutMs: 1000 });
    expect((await extract(extractor, 'wait')).text).toBe('waited');
    await expect(extract(extractor, 'sleep')).rejects.toMatchObject({ code: 'file_too_complex' });
  });

  it('leaves the event loop of its parent free', async () => {
    let ticks = 0;
    const clock = setInterval(() => (ticks += 1), 10);
    await expect(extract(anExtractor({ timeoutMs: 500 }), 'hang')).rejects.toMatchObject({ code: 'file_too_complex' });
    clearInterval(clock);
    expect(ticks).toBeGreaterThan(10);
  });

  it('ends at once when the reading is cancelled, also while it waits', async () => {
    const extractor = anExtractor();
    const stop = new AbortController();
    const running = extract(extractor, 'hang', stop.signal);
    const waiting = extract(extractor, 'late', stop.signal);
    const later = extract(extractor, 'later');
    setTimeout(() => stop.abort(), 200);
    // Both are listened to at once: on a busy machine the first ends later, when its process has started.
    await Promise.all([running, waiting].map((one) => expect(one).rejects.toMatchObject({ code: 'cancelled' })));
    expect((await later).text).toBe('later');
    await expect(extract(extractor, 'x', AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('takes many files at once, as many at a time as it has processes', async () => {
    const extractor = anExtractor({ processes: 2 });
    const names = Array.from({ length: 250 }, (_, at) => `file ${at}`);
    expect((await Promise.all(names.map((name) => extract(extractor, name)))).map(({ text }) => text)).toEqual(names);
  });

  it('ends all reading when it is closed', async () => {
    const extractor = anExtractor();
    const running = extract(extractor, 'hang').catch((error: unknown) => error);
    const waiting = extract(extractor, 'late').catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await extractor.close();
    expect(await running).toMatchObject({ code: 'cancelled' });
    expect(await waiting).toMatchObject({ code: 'cancelled' });
    await expect(extract(extractor, 'after')).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('says so when its entry cannot be started', async () => {
    const extractor = anExtractor({ workerPath: join(folder, 'missing.mjs') });
    await expect(extract(extractor, 'a')).rejects.toThrow('does not start');
    await expect(extract(extractor, 'b')).rejects.toThrow('does not start');
  });
});

const denied = 'ERR_ACCESS_DENIED';

function anExtractor(options: TextExtractorOptions = {}): ChildProcessTextExtractor {
  const extractor = new ChildProcessTextExtractor({ workerPath, ...options });
  open.push(extractor);
  return extractor;
}

function extract(extractor: ChildProcessTextExtractor, act: string, signal = new AbortController().signal) {
  return extractor.extract(Uint8Array.of(65), act, signal);
}
