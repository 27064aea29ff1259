import { setTimeout as wait } from 'node:timers/promises';
import type { RunningProduct } from './ask-product';
import { sendForJson } from './plain-http';
import { inParallel } from './raw-reader';

/** New conversations of the product's bot. A bot takes 12 000 requests a minute: beyond that this waits for the next minute. */
export function beginConversations(product: RunningProduct, count: number): Promise<string[]> {
  return inParallel(count, 32, () => begin(product));
}

async function begin({ baseUrl, apiKey, botId }: RunningProduct): Promise<string> {
  for (;;) {
    try {
      const { id } = await sendForJson({ method: 'POST', url: `${baseUrl}/v1/bots/${botId}/conversations`, headers: { authorization: `Bearer ${apiKey}` }, body: {} });
      return String(id);
    } catch (error) {
      if (!String(error).includes('answered 429')) throw error;
      await wait(1000);
    }
  }
}
