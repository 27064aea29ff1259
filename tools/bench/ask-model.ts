import { readEvents, send } from './plain-http';

/** Milliseconds from asking an OpenAI-compatible model to its first text, and then reads to the end. */
export async function askModel(baseUrl: string): Promise<number> {
  const asked = performance.now();
  const body = { model: 'scripted', stream: true, messages: [{ role: 'user', content: 'How long does delivery take?' }] };
  const response = await send({ method: 'POST', url: `${baseUrl}/v1/chat/completions`, body });
  let first: number | null = null;
  for await (const { data, at } of readEvents(response)) if (first === null && /"content":"[^"]/.test(data)) first = at;
  if (first === null) throw new Error('The model sent no text');
  return first - asked;
}
