import type { RunningProduct } from './ask-product';
import { sendForJson } from './plain-http';
import { inParallel } from './raw-reader';

/** New conversations of the product's bot. An API key may begin 60 000 a minute. */
export function beginConversations({ baseUrl, apiKey, botId }: RunningProduct, count: number): Promise<string[]> {
  return inParallel(count, 32, async () => {
    const { id } = await sendForJson({ method: 'POST', url: `${baseUrl}/v1/bots/${botId}/conversations`, headers: { authorization: `Bearer ${apiKey}` }, body: {} });
    return String(id);
  });
}
