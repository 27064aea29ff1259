import { setTimeout as wait } from 'node:timers/promises';
import type { ClientHistory } from './history';
import type { SeededRandom } from '../seeded-random';

export interface CompletionVisitorOptions {
  /** Of the fault proxy. */
  url: string;
  apiKey: string;
  botId: string;
  random: SeededRandom;
  /** The question, worded for its so-manieth try. */
  question: (tries: number) => string;
}

/**
 * A program with an OpenAI client: the protocol can't resume, so that a stream which breaks is asked again, as another conversation.
 * Returns the history of the one that ended well; its text must be the stored one.
 */
export async function visitByCompletion({ url, apiKey, botId, question, random }: CompletionVisitorOptions): Promise<ClientHistory> {
  for (let tries = 0; ; tries++) {
    const read = await complete(url, apiKey, botId, question(tries)).catch(() => null);
    if (read) return { conversationId: read.conversationId, sent: [], readers: [], agents: [], complaints: [], screens: [{ who: 'completion', entries: [{ role: 'visitor', text: question(tries) }, { role: 'assistant', text: read.text, status: 'completed' }] }] };
    await wait(100 + random.next() * 400);
  }
}

interface Chunk {
  choices?: { delta: { content?: string } }[];
  conversation_id?: string;
  error?: unknown;
}

/** Null where the stream ended before it was whole. */
async function complete(url: string, apiKey: string, model: string, question: string): Promise<{ text: string; conversationId: string } | null> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, stream: true, messages: [{ role: 'user', content: question }] }),
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) return null;
  let rest = '';
  let text = '';
  let conversationId = '';
  for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      if (line === 'data: [DONE]') return conversationId ? { text, conversationId } : null;
      if (!line.startsWith('data: ')) continue;
      const chunk = JSON.parse(line.slice(6)) as Chunk;
      if (chunk.error) return null;
      text += chunk.choices?.[0]?.delta.content ?? '';
      conversationId ||= chunk.conversation_id ?? '';
    }
  }
  return null;
}
