import { describe, expect, it } from 'vitest';
import { joinPieces } from './join-pieces';

const event = (delta: object, more: object = {}, choice: object = {}) =>
  `data: ${JSON.stringify({ id: 'c', choices: [{ index: 0, delta, finish_reason: null, ...choice }], ...more })}`;
const stream = (...events: string[]) => `${events.join('\n\n')}\n\n`;
const textsOf = (events: string) =>
  events
    .split('\n\n')
    .flatMap((block) =>
      block.startsWith('data: {')
        ? [(JSON.parse(block.slice(6)) as { choices: { delta: { content?: string } }[] }).choices[0]?.delta.content]
        : [],
    );

describe('pieces that arrived together', () => {
  it('leave as one, in order', () => {
    const joined = joinPieces(
      stream(event({ role: 'assistant', content: '' }), event({ content: 'One \n\n"' }), event({ content: 'two.' })),
    );
    expect(textsOf(joined)).toEqual(['One \n\n"two.']);
    expect(joined.endsWith('}\n\n')).toBe(true);
  });

  it('stay as they came where they are alone', () => {
    const alone = stream(event({ content: 'One' }));
    expect(joinPieces(alone)).toBe(alone);
    const partial = event({ content: 'One' });
    expect(joinPieces(partial)).toBe(partial);
  });

  it.each([
    ['an end', event({ content: 'b' }, {}, { finish_reason: 'stop' })],
    ['usage', event({ content: 'b' }, { usage: { prompt_tokens: 1 } })],
    ['a tool call', event({ content: 'b', tool_calls: [] })],
    ['reasoning', event({ reasoning_content: 'b' })],
    ['another choice', event({ content: 'b' }, {}, { index: 1 })],
    ['an error', 'data: {"error":{"message":"overloaded"}}'],
    ['the last mark', 'data: [DONE]'],
    ['a comment', ': ping'],
    ['garbage', 'data: {"this is": not json'],
    ['an event with a name', `event: x\n${event({ content: 'b' })}`],
  ])('keep their place around %s', (_what, other) => {
    const blocks = joinPieces(
      stream(event({ content: 'a' }), event({ content: 'a' }), other, event({ content: 'c' }), event({ content: 'c' })),
    ).split('\n\n');
    expect(blocks).toHaveLength(4);
    expect(blocks[1]).toBe(other);
    expect(textsOf(`${blocks[0]!}\n\n${blocks[2]!}`)).toEqual(['aa', 'cc']);
  });

  it('leave other line ends alone', () => {
    const events = stream(event({ content: 'a' }), event({ content: 'b' })).replaceAll('\n', '\r\n');
    expect(joinPieces(events)).toBe(events);
  });
});
