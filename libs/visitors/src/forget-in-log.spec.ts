import { describe, expect, it } from 'vitest';
import { forgetInLog, type StoredEvent } from './forget-in-log';
import { withoutNames } from './without-names';

const names = ['Zora Quill', 'visitor'];

/** An answer in these pieces, and its end. */
function anAnswer(pieces: string[]): StoredEvent[] {
  const deltas = pieces.map((text, index) => ({ seq: index + 2, type: 'answer.delta', payload: { turnId: 't', text } }));
  const end = { turnId: 't', text: pieces.join(''), citations: [], answered: true, suggestions: ['Zora Quill'], unsupported: [{ start: 0, end: 3, reason: 'name' }], finishReason: 'stop' };
  return [...deltas, { seq: pieces.length + 2, type: 'answer.completed', payload: end }];
}

describe('forgetting in a log', () => {
  it('takes names out of texts and leaves ids and states that look like one', () => {
    const said = { seq: 1, type: 'message', payload: { turnId: 't', clientMessageId: 'visitor', role: 'visitor', text: 'I am zora quill, a visitor', attachments: [{ name: 'letter.pdf' }] } };
    expect(forgetInLog([said], names)).toEqual([{ seq: 1, payload: { turnId: 't', clientMessageId: 'visitor', role: 'visitor', text: 'I am [removed], a [removed]' } }]);
  });

  it('changes nothing where nobody is named', () => {
    expect(forgetInLog(anAnswer(['The ferry ', 'leaves']).slice(0, 2), names)).toEqual([]);
  });

  it('finds a name however the pieces of an answer tear it apart, and they still are the answer', () => {
    const text = 'Dear Zora Quill, your berth is 7, Zora Quill.';
    for (let first = 0; first <= text.length; first++) {
      for (let second = first; second <= text.length; second++) {
        const events = anAnswer([text.slice(0, first), text.slice(first, second), text.slice(second)]);
        const changed = new Map(forgetInLog(events, names).map(({ seq, payload }) => [seq, payload]));
        const texts = events.map(({ seq, payload }) => String((changed.get(seq) ?? payload)['text']));
        expect(texts.slice(0, -1).join('')).toBe(withoutNames(text, names));
        expect(texts.at(-1)).toBe(withoutNames(text, names));
      }
    }
  });

  it('joins no pieces of two attempts, and drops marks whose places have moved', () => {
    const events: StoredEvent[] = [
      { seq: 2, type: 'answer.delta', payload: { turnId: 't', text: 'Zora' } },
      { seq: 3, type: 'answer.restarted', payload: { turnId: 't', fromSeq: 2 } },
      { seq: 4, type: 'answer.delta', payload: { turnId: 't', text: ' Quill' } },
      { seq: 5, type: 'answer.completed', payload: { turnId: 't', text: 'Zora Quill', unsupported: [{ start: 0, end: 3, reason: 'name' }] } },
    ];
    expect(forgetInLog(events, names)).toEqual([{ seq: 5, payload: { turnId: 't', text: '[removed]' } }]);
  });
});
