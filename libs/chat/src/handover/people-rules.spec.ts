import { describe, expect, it } from 'vitest';
import { HandoverSettings } from '@docent/contracts';
import { peopleBehind, reasonAfterAnswer, reasonBeforeAnswer, type PeopleBehind } from './people-rules';

const now = new Date('2026-01-05T10:00:00Z');
const people = (given: Partial<HandoverSettings> = {}, isAwaited = false): PeopleBehind => ({ settings: HandoverSettings.parse({ enabled: true, ...given }), isAwaited });
const closed = { hours: { timeZone: 'UTC', open: [] } };
const answer = (given = {}) => ({ answered: true, unansweredInARow: 0, ...given });

describe('people', () => {
  it('stand behind a bot where they are on and a visitor can see them', () => {
    const on = people().settings;
    expect(peopleBehind('widget', 'waiting', on)).toMatchObject({ isAwaited: true });
    expect(peopleBehind('api', 'bot', on)).toMatchObject({ isAwaited: false });
    expect(peopleBehind('openai', 'bot', on)).toBeNull();
    expect(peopleBehind('playground', 'bot', on)).toBeNull();
    expect(peopleBehind('widget', 'bot', HandoverSettings.parse({}))).toBeNull();
  });

  it('are called before an answer where the visitor asks, or the owner’s words fall', () => {
    expect(reasonBeforeAnswer(people(), 'Can I talk to a human?', now)).toBe('visitor_asked');
    expect(reasonBeforeAnswer(people({ words: ['refund'] }), 'I want a refund.', now)).toBe('word_rule');
    expect(reasonBeforeAnswer(people({ words: ['refund'] }), 'Are tickets refundable?', now)).toBeNull();
    expect(reasonBeforeAnswer(people({}, true), 'Can I talk to a human?', now)).toBeNull();
  });

  it('who are not there let the bot speak first, where only a word calls them', () => {
    expect(reasonBeforeAnswer(people({ ...closed, words: ['refund'] }), 'I want a refund.', now)).toBeNull();
    expect(reasonAfterAnswer(people({ ...closed, words: ['refund'] }), 'I want a refund.', answer())).toBe('word_rule');
    expect(reasonBeforeAnswer(people(closed), 'Can I talk to a human?', now)).toBe('visitor_asked');
  });

  it('are called after so many answers that the knowledge did not hold, or one that is not sure', () => {
    const unanswered = (unansweredInARow: number) => ({ answered: false, unansweredInARow });
    expect(reasonAfterAnswer(people(), 'Who?', unanswered(1))).toBeNull();
    expect(reasonAfterAnswer(people(), 'Who?', unanswered(2))).toBe('unanswered');
    expect(reasonAfterAnswer(people({ unansweredLimit: null }), 'Who?', unanswered(9))).toBeNull();
    expect(reasonAfterAnswer(people({ confidenceBelow: 0.5 }), 'Who?', answer({ confidence: 0.4 }))).toBe('low_confidence');
    expect(reasonAfterAnswer(people({ confidenceBelow: 0.5 }), 'Who?', answer({ confidence: 0.5 }))).toBeNull();
    expect(reasonAfterAnswer(people({ confidenceBelow: 0.5 }), 'Who?', answer())).toBeNull();
    expect(reasonAfterAnswer(people({ confidenceBelow: 0.5 }, true), 'Who?', unanswered(9))).toBeNull();
  });
});
