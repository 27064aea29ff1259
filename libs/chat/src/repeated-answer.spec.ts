import { describe, expect, it } from 'vitest';
import { RepeatedAnswer } from './repeated-answer';

describe('an answer that is begun anew', () => {
  it('goes on where it repeats itself, wherever the pieces are cut', () => {
    const answer = new RepeatedAnswer();
    expect(['A berth ', 'costs 24'].map((piece) => answer.add(piece))).toEqual(['A berth ', 'costs 24']);
    answer.restart();
    expect(answer.isWhole).toBe(false);
    expect(['A ', 'berth costs', ' 24 euros', ' per night.'].map((piece) => answer.add(piece))).toEqual(['', '', ' euros', ' per night.']);
    expect(answer.isWhole).toBe(true);
  });

  it('says so where the second text differs, or ends before the first', () => {
    const differs = new RepeatedAnswer();
    differs.add('A berth costs');
    differs.restart();
    expect(differs.add('Berths')).toBeNull();
    const shorter = new RepeatedAnswer();
    shorter.add('A berth costs');
    shorter.restart();
    shorter.add('A berth');
    expect(shorter.isWhole).toBe(false);
  });
});
