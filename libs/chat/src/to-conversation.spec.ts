import { describe, expect, it } from 'vitest';
import type { ConversationEvent } from '@docent/contracts';
import { buildTranscript } from './to-conversation';

const at = '2026-01-01T00:00:00.000Z';
const log: ConversationEvent[] = [
  { seq: 1, type: 'message', at, data: { turnId: 't1', clientMessageId: 'm1', role: 'visitor', text: 'When do you open?' } },
  { seq: 2, type: 'answer.started', at, data: { turnId: 't1' } },
  { seq: 3, type: 'answer.delta', at, data: { turnId: 't1', text: 'At ' } },
  { seq: 4, type: 'answer.delta', at, data: { turnId: 't1', text: 'nine.' } },
  { seq: 5, type: 'answer.completed', at, data: { turnId: 't1', text: 'At nine.', citations: [], answered: true, suggestions: [], finishReason: 'stop' } },
];

describe('buildTranscript', () => {
  it('is the same text whether the answer is complete or read from its pieces', () => {
    const [, running] = buildTranscript(log.slice(0, 4), new Map());
    const [, complete] = buildTranscript(log, new Map());
    expect(running).toMatchObject({ role: 'assistant', status: 'running', text: 'At nine.' });
    expect(complete).toMatchObject({ role: 'assistant', status: 'completed', text: 'At nine.', answered: true });
  });

  it('keeps what was said before an answer failed, and says that it failed', () => {
    const failed: ConversationEvent = { seq: 5, type: 'answer.failed', at, data: { turnId: 't1', code: 'model_failed', message: 'The model did not answer.' } };
    expect(buildTranscript([...log.slice(0, 4), failed], new Map())[1]).toMatchObject({ status: 'failed', text: 'At nine.', error: { code: 'model_failed' } });
  });

  it('forgets what was said before an answer was begun anew', () => {
    const anew: ConversationEvent[] = [
      ...log.slice(0, 4),
      { seq: 5, type: 'answer.restarted', at, data: { turnId: 't1', fromSeq: 3 } },
      { seq: 6, type: 'answer.delta', at, data: { turnId: 't1', text: 'From nine.' } },
    ];
    expect(buildTranscript(anew, new Map())[1]).toMatchObject({ status: 'running', text: 'From nine.', citations: [] });
  });

  it('leaves out an answer that had said nothing when a person came', () => {
    const taken = (text: string): ConversationEvent => ({ seq: 5, type: 'answer.completed', at, data: { turnId: 't1', text, citations: [], answered: text !== '', suggestions: [], finishReason: 'handed_over' } });
    expect(buildTranscript([...log.slice(0, 2), taken('')], new Map()).map(({ role }) => role)).toEqual(['visitor']);
    expect(buildTranscript([...log.slice(0, 4), taken('At nine.')], new Map())[1]).toMatchObject({ role: 'assistant', text: 'At nine.' });
  });

  it('puts ratings to their answers and leaves out what the system was told', () => {
    const told: ConversationEvent = { seq: 6, type: 'message', at, data: { turnId: null, clientMessageId: null, role: 'system', text: 'Be brief.' } };
    const transcript = buildTranscript([...log, told], new Map([['t1', 'up']]));
    expect(transcript).toHaveLength(2);
    expect(transcript[1]).toMatchObject({ rating: 'up' });
  });
});
