import { describe, expect, it } from 'vitest';
import type { EventRow } from '../to-conversation';
import { saidSoFar } from './end-answer';

const citation = (n: number) => ({ n, sourceId: 's', title: '', start: 0, end: 1, quote: 'x', snapshotHash: 'h' });
const delta = (seq: number, text: string, n?: number): EventRow => ({ seq, type: 'answer.delta', created_at: new Date(0), payload: { turnId: 't', text, ...(n && { citations: [citation(n)] }) } });
const restarted = (seq: number, fromSeq: number): EventRow => ({ seq, type: 'answer.restarted', created_at: new Date(0), payload: { turnId: 't', fromSeq } });

describe('what an answer has said so far', () => {
  it('is its pieces with their citations', () => {
    expect(saidSoFar([delta(3, 'At ', 1), delta(4, 'nine.', 2)])).toEqual({ text: 'At nine.', citations: [citation(1), citation(2)] });
    expect(saidSoFar([])).toEqual({ text: '', citations: [] });
  });

  it('begins anew where the answer did, as often as it did', () => {
    expect(saidSoFar([delta(3, 'At ', 1), restarted(4, 3), delta(5, 'From nine.')])).toEqual({ text: 'From nine.', citations: [] });
    expect(saidSoFar([delta(3, 'At '), restarted(4, 3), delta(5, 'From'), restarted(6, 3), delta(7, 'Nine.', 1)])).toEqual({ text: 'Nine.', citations: [citation(1)] });
    expect(saidSoFar([delta(3, 'At '), restarted(4, 3)]).text).toBe('');
  });
});
