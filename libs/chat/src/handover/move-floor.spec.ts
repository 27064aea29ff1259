import { describe, expect, it } from 'vitest';
import { handoverMoves, handoverStates, handoverTable, writerOf } from '@docent/contracts';
import { moveFloor, type Floor } from './move-floor';

const patience = { waitAtMostSeconds: 300, agentAwaySeconds: 120 };
const floor = (given: Partial<Floor>): Floor => ({ state: 'bot', fence: 7, assigneeId: given.state === 'human' ? 'ann' : null, isAwaited: false, ...given });
const move = (given: Partial<Floor>, ...[step]: [Parameters<typeof moveFloor>[1]]) => moveFloor(floor(given), step, patience);

describe('a move', () => {
  it('goes where the table says, and is a conflict where it says nothing', () => {
    for (const state of handoverStates) {
      for (const name of handoverMoves) {
        const step = { move: name, agentId: 'ben' };
        const next = handoverTable[state][name];
        if (next) expect(move({ state }, step).state).toBe(next);
        else expect(() => move({ state }, step)).toThrow(expect.objectContaining({ code: 'conflict' }) as Error);
      }
    }
  });

  it('raises the fence when the writer changes, and only then', () => {
    for (const state of handoverStates) {
      for (const name of handoverMoves.filter((each) => handoverTable[state][each])) {
        const before = floor({ state });
        const after = moveFloor(before, { move: name, agentId: 'ben' }, patience);
        const changesWriter = writerOf[after.state] !== writerOf[state] || after.assigneeId !== before.assigneeId;
        expect(after.fence - before.fence, `${name} in ${state}`).toBe(changesWriter ? 1 : 0);
        expect(after.assigneeId !== null, `${name} in ${state}`).toBe(after.state === 'human');
      }
    }
  });

  it('is nothing where the same person takes it again, or a person is asked for again', () => {
    expect(move({ state: 'human' }, { move: 'take', agentId: 'ann' })).toMatchObject({ changed: false, fence: 7, dueSeconds: 'keep' });
    expect(move({ state: 'waiting', isAwaited: true }, { move: 'request' })).toMatchObject({ changed: false, dueSeconds: 'keep' });
    expect(move({ state: 'human' }, { move: 'request' })).toMatchObject({ changed: false });
  });

  it('waits for a person so long, and for the reply of one who came so long', () => {
    expect(move({}, { move: 'request' })).toMatchObject({ waiting: 'begins', dueSeconds: 300 });
    expect(move({ state: 'waiting', isAwaited: true }, { move: 'take', agentId: 'ben' })).toMatchObject({ waiting: 'goes_on', dueSeconds: 120 });
    expect(move({ state: 'human', isAwaited: true }, { move: 'take', agentId: 'ben' })).toMatchObject({ waiting: 'goes_on', dueSeconds: 120 });
    expect(move({}, { move: 'take', agentId: 'ben' })).toMatchObject({ waiting: 'ends', dueSeconds: null });
    expect(move({}, { move: 'take', agentId: 'ben', cutsAnswer: true })).toMatchObject({ waiting: 'begins', dueSeconds: 120 });
    expect(move({ state: 'human' }, { move: 'write' })).toMatchObject({ waiting: 'begins', dueSeconds: 120 });
    // More words of the visitor don't give the agent more time.
    expect(move({ state: 'human', isAwaited: true }, { move: 'write' })).toMatchObject({ waiting: 'goes_on', dueSeconds: 'keep' });
    expect(move({ state: 'human', isAwaited: true }, { move: 'requeue' })).toMatchObject({ state: 'waiting', waiting: 'goes_on', dueSeconds: 300 });
    expect(move({ state: 'human', isAwaited: true }, { move: 'close' })).toMatchObject({ waiting: 'ends', dueSeconds: null });
  });
});
