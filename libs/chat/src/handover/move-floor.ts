import { handoverTable, writerOf, type HandoverMove, type HandoverSettings, type HandoverState } from '@docent/contracts';
import { AppError } from '@docent/platform';

/** Who holds a conversation. */
export interface Floor {
  state: HandoverState;
  /** Rises whenever the writer changes. */
  fence: number;
  assigneeId: string | null;
  /** The visitor waits for a person: for the first to come, or for a reply. */
  isAwaited: boolean;
}

export interface Step {
  move: HandoverMove;
  /** Who takes it. */
  agentId?: string;
  /** An answer of the bot is ended by this. */
  cutsAnswer?: boolean;
}

export interface MovedFloor extends Floor {
  /** False: everything stays as it is, and nothing is told. */
  changed: boolean;
  waiting: Waiting;
  /** After so many seconds it counts as broken off; null: never; `keep`: as it was. */
  dueSeconds: number | null | 'keep';
}

export type Waiting = 'begins' | 'goes_on' | 'ends';
export type Patience = Pick<HandoverSettings, 'waitAtMostSeconds' | 'agentAwaySeconds'>;

/**
 * Where a conversation goes, and by when somebody must have come or written: the only place that decides it, from the one table in
 * the contract. Throws `conflict` for a move that the table does not have.
 */
export function moveFloor(floor: Floor, step: Step, patience: Patience): MovedFloor {
  const state = handoverTable[floor.state][step.move];
  if (!state) throw new AppError('conflict', { state: floor.state, move: step.move });
  const assigneeId = state === 'human' ? (step.move === 'take' ? step.agentId! : floor.assigneeId) : null;
  const changesWriter = writerOf[state] !== writerOf[floor.state] || assigneeId !== floor.assigneeId;
  const changed = state !== floor.state || changesWriter;
  const { waiting, dueSeconds } = whoWaits(floor, state, step, changed, patience);
  const isAwaited = waiting === 'begins' || (waiting === 'goes_on' && floor.isAwaited);
  return { state, fence: floor.fence + (changesWriter ? 1 : 0), assigneeId, isAwaited, changed, waiting, dueSeconds };
}

function whoWaits(floor: Floor, state: HandoverState, step: Step, changed: boolean, patience: Patience): Pick<MovedFloor, 'waiting' | 'dueSeconds'> {
  const still = floor.isAwaited ? 'goes_on' : 'begins';
  switch (state) {
    case 'bot':
    case 'closed':
      return { waiting: 'ends', dueSeconds: null };
    case 'waiting':
      return changed ? { waiting: still, dueSeconds: patience.waitAtMostSeconds } : { waiting: 'goes_on', dueSeconds: 'keep' };
    case 'human':
      if (step.move === 'write') return floor.isAwaited ? { waiting: 'goes_on', dueSeconds: 'keep' } : { waiting: 'begins', dueSeconds: patience.agentAwaySeconds };
      if (!changed) return { waiting: 'goes_on', dueSeconds: 'keep' };
      return floor.isAwaited || step.cutsAnswer ? { waiting: still, dueSeconds: patience.agentAwaySeconds } : { waiting: 'ends', dueSeconds: null };
  }
}
