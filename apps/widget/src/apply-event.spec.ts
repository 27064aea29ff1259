import type { TranscriptEntry } from '@docent/contracts';
import { expect, it } from 'vitest';
import { applyEvent } from './apply-event';

const turnId = 'turn';
const citation = { n: 1, sourceId: 's', title: 'T', start: 0, end: 1, quote: 'q', snapshotHash: 'h' };
const log: [string, object][] = [
  ['message', { turnId, clientMessageId: 'm', role: 'visitor', text: 'Why?' }],
  ['answer.started', { turnId }],
  ['answer.delta', { turnId, text: 'Because' }],
  ['answer.delta', { turnId, text: ' so.[1]', citations: [citation] }],
];

const replay = (events: [string, object][]) =>
  events.reduce<TranscriptEntry[]>((entries, [type, data]) => applyEvent(entries, type, data), []);

it('grows the answer with each piece', () => {
  expect(replay(log)).toMatchObject([
    { role: 'visitor', text: 'Why?' },
    { role: 'assistant', text: 'Because so.[1]', status: 'running', citations: [citation] },
  ]);
});

it('ends completed or failed, with what was said so far', () => {
  const completed = {
    turnId,
    text: 'Because so.[1]',
    citations: [citation],
    answered: true,
    suggestions: [],
    finishReason: 'stop',
  };
  expect(replay([...log, ['answer.completed', completed]])[1]).toMatchObject({
    status: 'completed',
    text: 'Because so.[1]',
    citations: [citation],
  });
  expect(replay([...log, ['answer.failed', { turnId, code: 'model_failed', message: 'No.' }]])[1]).toMatchObject({
    status: 'failed',
    text: 'Because so.[1]',
    error: { message: 'No.' },
  });
});

it('keeps earlier turns as the same objects, so that nothing is drawn twice', () => {
  const before = replay([...log, ['answer.completed', { turnId, text: 'A', citations: [], answered: true, suggestions: [] }]]);
  const after = applyEvent(before, 'message', { turnId: 'next', role: 'visitor', text: 'And?' });
  expect(after.slice(0, 2).every((entry, index) => entry === before[index])).toBe(true);
});

it('does not show what an API caller told the model', () => {
  expect(replay([['message', { turnId: null, role: 'system', text: 'secret' }]])).toEqual([]);
});

it('shows no answer where a person took over before its first word', () => {
  const taken = { turnId, text: '', citations: [], answered: false, suggestions: [], finishReason: 'handed_over' };
  expect(replay([['message', { turnId, role: 'visitor', text: 'Why?' }], ['answer.started', { turnId }], ['answer.completed', taken]])).toHaveLength(1);
});
