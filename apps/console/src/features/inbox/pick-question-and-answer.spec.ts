import { describe, expect, it } from 'vitest';
import type { TranscriptEntry } from '@docent/contracts';
import { pickQuestionAndAnswer } from './pick-question-and-answer';
import { withoutMarks } from './without-marks';

const at = '2026-01-01T00:00:00.000Z';
const said = (...lines: ['visitor' | 'agent', string][]): TranscriptEntry[] =>
  lines.map(([role, text], index) => ({ role, text, seq: index + 1, turnId: null, at }));

describe('pickQuestionAndAnswer', () => {
  it('takes the longest answer of a person and the question before it, not the thanks after it', () => {
    const transcript = said(
      ['visitor', 'Do you have a shop in Lisbon?'],
      ['visitor', 'A person please'],
      ['agent', 'Hello!'],
      ['agent', 'Yes, in Rua Augusta 12, open from ten to seven.'],
      ['visitor', 'And in Porto?'],
    );
    expect(pickQuestionAndAnswer(transcript)).toEqual({
      question: 'Do you have a shop in Lisbon?',
      answer: 'Yes, in Rua Augusta 12, open from ten to seven.',
    });
  });

  it('finds nothing where only the bot answered', () => {
    expect(pickQuestionAndAnswer(said(['visitor', 'Hello?']))).toBeUndefined();
  });
});

it('leaves citation marks out of what is sent, but not links', () => {
  expect(withoutMarks('Two years [1], free [2]. See [1](https://a.example)')).toBe('Two years, free. See [1](https://a.example)');
});
