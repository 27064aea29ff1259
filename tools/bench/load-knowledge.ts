import { setTimeout as wait } from 'node:timers/promises';
import type { RunningProduct } from './ask-product';
import { sendForJson } from './plain-http';

export interface LoadedSource {
  id: string;
  chunks: number;
  /** From the moment in which the upload was answered until the source was ready, in milliseconds. */
  readyAfterMs: number;
  /** How long the upload itself took. */
  uploadMs: number;
}

/** A bot of its own in the product's workspace. */
export async function createBot(product: RunningProduct, name: string): Promise<string> {
  const headers = { authorization: `Bearer ${product.apiKey}` };
  return String((await sendForJson({ method: 'POST', url: `${product.baseUrl}/v1/bots`, headers, body: { name } }))['id']);
}

/** Uploads one file as a customer's program would and waits until it is ready. Throws where it fails. */
export async function loadFile(product: RunningProduct, botId: string, name: string, content: Uint8Array<ArrayBuffer>): Promise<LoadedSource> {
  const headers = { authorization: `Bearer ${product.apiKey}` };
  const form = new FormData();
  form.set('file', new Blob([content]), name);
  const began = performance.now();
  const response = await fetch(`${product.baseUrl}/v1/bots/${botId}/sources`, { method: 'POST', headers, body: form });
  if (response.status !== 202) throw new Error(`The upload was answered with ${response.status}: ${await response.text()}`);
  const { id } = (await response.json()) as { id: string };
  const arrived = performance.now();
  for (;;) {
    const source = await sendForJson({ method: 'GET', url: `${product.baseUrl}/v1/sources/${id}`, headers });
    if (source['status'] === 'failed') throw new Error(`${name} could not be read: ${JSON.stringify(source['error'])}`);
    if (source['status'] === 'ready') return { id, chunks: Number(source['chunkCount']), readyAfterMs: performance.now() - arrived, uploadMs: arrived - began };
    // Each question takes processor time from what it asks about: every 10 ms at first, and never closer than a fortieth of the way.
    await wait(Math.min(100, Math.max(10, (performance.now() - arrived) / 40)));
  }
}

/** Loads so many passages, in files of some megabytes. Returns how many chunks they became. */
export async function loadPassages(product: RunningProduct, botId: string, passages: { text: string }[]): Promise<number> {
  const perFile = 10_000;
  let chunks = 0;
  for (let from = 0; from < passages.length; from += perFile) {
    const text = passages.slice(from, from + perFile).map((passage) => passage.text).join('\n\n');
    chunks += (await loadFile(product, botId, `part ${from / perFile + 1}.txt`, new TextEncoder().encode(text))).chunks;
  }
  return chunks;
}
