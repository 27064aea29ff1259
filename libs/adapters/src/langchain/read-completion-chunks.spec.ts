import { describe, expect, it } from 'vitest';
import { readCompletionChunks } from './read-completion-chunks';

const event = (delta: object, more: object = {}, choice: object = {}) =>
  `data: ${JSON.stringify({ id: 'c', choices: [{ index: 0, delta, finish_reason: null, ...choice }], ...more })}\n\n`;
const textsOf = (events: string) => [...readCompletionChunks(events)].map(({ text }) => text);

describe('chunks of an OpenAI stream', () => {
  it('that hold nothing but text become one, in order', () => {
    expect(
      textsOf(event({ role: 'assistant', content: '' }) + event({ content: 'One \n\n"' }) + event({ content: 'two.' })),
    ).toEqual(['One \n\n"two.']);
  });

  it('keep their end and their usage', () => {
    const chunks = [
      ...readCompletionChunks(
        event({ content: 'One' }) +
          event({}, {}, { finish_reason: 'length' }) +
          event({ content: 'late' }) +
          `data: {"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":3}}\n\ndata: [DONE]\n\n`,
      ),
    ];
    expect(chunks.map(({ text }) => text)).toEqual(['One', '', 'late', '']);
    expect(chunks[1]!.generationInfo).toEqual({ finish_reason: 'length' });
    expect(chunks[3]!.message.usage_metadata).toEqual({ input_tokens: 10, output_tokens: 3 });
  });

  it.each(['\r\n', '\r'])('are read with other line ends, comments and names of events (%j)', (lineEnd) => {
    const events = `: hello\n\nevent: message\nid: 1\n${event({ content: 'One ' })}${event({ content: 'two' })}`;
    expect(textsOf(events.replaceAll('\n', lineEnd))).toEqual(['One two']);
  });

  it.each([
    ['thinking', event({ reasoning_content: 'hm', content: null })],
    ['a tool', event({ tool_calls: [{ index: 0 }] })],
    ['no choice', 'data: {"choices":[]}\n\n'],
    ['another protocol', 'data: {"type":"hello"}\n\n'],
    ['no object', 'data: null\n\ndata: 1\n\n'],
  ])('say nothing of %s', (_name, events) => {
    expect(textsOf(events).join('')).toBe('');
  });

  it.each([
    [{ error: { message: 'too much', code: 500 } }, 'too much'],
    [{ error: 'too much' }, 'too much'],
    [{ error: { code: 7 } }, '{"code":7}'],
  ])('throw what the server says went wrong, after what it said before', (said, words) => {
    const chunks = readCompletionChunks(`${event({ content: 'Half' })}data: ${JSON.stringify(said)}\n\n`);
    expect(chunks.next().value).toMatchObject({ text: 'Half' });
    expect(() => chunks.next()).toThrow(words);
  });

  it('throw where an event is no JSON', () => {
    expect(() => readCompletionChunks('data: {"cho\n\n').next()).toThrow(SyntaxError);
  });
});
