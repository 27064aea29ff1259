import { describe, expect, it } from 'vitest';
import type { ConversationEvent, TranscriptEntry } from '@docent/contracts';
import { reduceTranscript } from './reduce-transcript';

const turnId = '11111111-1111-4111-8111-111111111111';
const at = '2026-01-01T00:00:00.000Z';
const citation = { n: 1, sourceId: turnId, title: 'A', start: 0, end: 3, quote: 'Two', snapshotHash: 'h' };

const log: ConversationEvent[] = [
  { seq: 1, type: 'message', at, data: { turnId, clientMessageId: 'c', role: 'visitor', text: 'How long?' } },
  { seq: 2, type: 'answer.started', at, data: { turnId } },
  { seq: 3, type: 'answer.delta', at, data: { turnId, text: 'Two ' } },
  { seq: 4, type: 'answer.delta', at, data: { turnId, text: 'years [1]', citations: [citation] } },
];
const read = (events: ConversationEvent[]) => events.reduce(reduceTranscript, [] as readonly TranscriptEntry[]);

describe('reduceTranscript', () => {
  it('lets the answer grow with its citations', () => {
    expect(read(log)).toMatchObject([
      { role: 'visitor', text: 'How long?' },
      { role: 'assistant', text: 'Two years [1]', status: 'running', citations: [citation] },
    ]);
  });

  it('ends with what was completed, or with the reason of the failure', () => {
    const completed: ConversationEvent = {
      seq: 5,
      type: 'answer.completed',
      at,
      data: { turnId, text: 'Two years [1]', citations: [citation], answered: true, suggestions: [], finishReason: 'stop' },
    };
    expect(read([...log, completed]).at(-1)).toMatchObject({ status: 'completed', answered: true, citations: [citation] });
    const failed: ConversationEvent = {
      seq: 5,
      type: 'answer.failed',
      at,
      data: { turnId, code: 'model_failed', message: 'No answer' },
    };
    expect(read([...log, failed]).at(-1)).toMatchObject({
      status: 'failed',
      text: 'Two years [1]',
      error: { message: 'No answer' },
    });
  });

  it('shows a question once, even when it is delivered twice', () => {
    expect(read([log[0]!, log[0]!, log[1]!, log[1]!])).toHaveLength(2);
  });

  it('begins an answer again when its process died, so that it ends as the log has it', () => {
    const again: ConversationEvent[] = [
      { seq: 5, type: 'answer.restarted', at, data: { turnId, fromSeq: 3 } },
      { seq: 6, type: 'answer.delta', at, data: { turnId, text: 'Three years' } },
    ];
    expect(read([...log, ...again]).at(-1)).toMatchObject({ status: 'running', text: 'Three years', citations: [] });
  });

  it('shows who took over and what they wrote', () => {
    const agent = { id: turnId, name: 'Ana' };
    const taken = { state: 'human', reason: 'agent', agent, text: 'Ana is here.', promisedSeconds: null, offersForm: false } as const;
    const people: ConversationEvent[] = [
      { seq: 5, type: 'handover', at, data: taken },
      { seq: 6, type: 'message', at, data: { turnId: null, clientMessageId: 'a', role: 'agent', text: 'Hello', agent } },
    ];
    expect(read([...log, ...people, ...people]).slice(2)).toMatchObject([
      { role: 'handover', text: 'Ana is here.' },
      { role: 'agent', text: 'Hello', agent: { name: 'Ana' } },
    ]);
  });

  it('shows no answer where a person took over before its first word', () => {
    const started: ConversationEvent = { seq: 5, type: 'answer.started', at, data: { turnId: 'another' } };
    const ended: ConversationEvent = { seq: 6, type: 'answer.completed', at, data: { turnId: 'another', text: '', citations: [], answered: false, suggestions: [], finishReason: 'handed_over' } };
    expect(read([...log, started])).toHaveLength(read(log).length + 1);
    expect(read([...log, started, ended])).toHaveLength(read(log).length);
  });
});
