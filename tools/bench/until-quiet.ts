import { setTimeout as wait } from 'node:timers/promises';
import type { RunningProduct } from './ask-product';
import { sendForJson } from './plain-http';

const longestQuietMs = 180_000;

/** Waits until the bot's words were counted, which is done when its knowledge has settled, and its vectors are made of that. */
export async function untilCounted(product: RunningProduct, botId: string): Promise<void> {
  const url = `${product.baseUrl}/v1/bots/${botId}/learning`;
  for (const began = performance.now(); performance.now() - began < longestQuietMs; await wait(200)) {
    const { embedder, vectors } = await sendForJson({ method: 'GET', url, headers: { authorization: `Bearer ${product.apiKey}` } });
    const { set, ready } = vectors as { set: string | null; ready: boolean };
    if (embedder === null || (ready && set !== null && !set.endsWith('#0'))) return;
  }
}

/** Waits until the bot's vectors are of its present knowledge and nothing of it is being learned. */
export async function untilQuiet(product: RunningProduct, botId: string): Promise<void> {
  const url = `${product.baseUrl}/v1/bots/${botId}/learning`;
  for (const began = performance.now(); performance.now() - began < longestQuietMs; await wait(50)) {
    const { embedder, vectors, status } = await sendForJson({
      method: 'GET',
      url,
      headers: { authorization: `Bearer ${product.apiKey}` },
    });
    if (embedder === null) return;
    if ((vectors as { ready: boolean }).ready && status !== 'waiting' && status !== 'learning') return;
  }
}
