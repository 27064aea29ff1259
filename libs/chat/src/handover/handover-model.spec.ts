import { describe, expect, it } from 'vitest';
import { HandoverSettings, handoverStates, writerOf, type Channel } from '@docent/contracts';
import { AppError } from '@docent/platform';
import { decideRequest } from './handover-moves';
import { decideDue } from './handover-sweeper';
import { moveFloor, type Floor, type Step } from './move-floor';

/**
 * Every order in which a visitor, two agents, the bot's processes and the sweeper can act, up to a bounded depth. The interpreter holds
 * the tables in memory and does what the statements do under the conversation's lock; where it goes decides the code of the product.
 */
interface World {
  floor: Floor;
  /** Somebody must have come or written by now, if the clock is let run. */
  hasDue: boolean;
  turn: { fence: number } | null;
  /** Processes of the bot that write: the last one that began, and before it the one that has lost its turn, or whose turn has ended, and does not know yet. */
  writers: { turnFence: number; isDead: boolean }[];
  /** The fence as each agent knows it, from when they took the conversation. */
  known: Record<'ann' | 'ben', number>;
  /** Who may write by the log: its last hand-over. */
  loggedWriter: 'bot' | 'ann' | 'ben';
  /** The visitor has said something to which nobody has replied and which no bot is answering. */
  unheard: boolean;
  /** What was wrong; empty in every world that can be reached. */
  broken: string;
}

const settings = HandoverSettings.parse({ enabled: true });
const held = (world: World) => ({ ...world.floor, id: '', botId: '', channel: 'widget' as Channel, lastSeq: 0, isDue: world.hasDue, language: null, settings, hasForm: true });

const start: World = { floor: { state: 'bot', fence: 1, assigneeId: null, isAwaited: false }, hasDue: false, turn: null, writers: [], known: { ann: 0, ben: 0 }, loggedWriter: 'bot', unheard: false, broken: '' };

/** As HandoverRepository.move does; a move that is refused changes nothing. */
function moved(world: World, step: Step, endsAnswer = false): World {
  let after;
  try {
    after = moveFloor(world.floor, { ...step, cutsAnswer: endsAnswer && world.turn !== null }, settings);
  } catch (error) {
    if (error instanceof AppError) return world;
    throw error;
  }
  if (!after.changed) return world;
  const isLeft = world.floor.state === 'human' && world.floor.isAwaited && (after.state === 'bot' || after.state === 'waiting');
  const reopens = isLeft && world.unheard;
  const turn = endsAnswer ? null : reopens ? { fence: 1 } : world.turn;
  return {
    ...world,
    floor: { state: after.state, fence: after.fence, assigneeId: after.assigneeId, isAwaited: after.isAwaited },
    hasDue: after.dueSeconds === 'keep' ? world.hasDue : after.dueSeconds !== null,
    turn,
    writers: reopens ? begun(world) : endsAnswer ? late(world) : world.writers,
    loggedWriter: after.state === 'human' ? (after.assigneeId as 'ann' | 'ben') : 'bot',
    unheard: reopens || after.state === 'closed' ? false : world.unheard,
  };
}

const says = (world: World, writer: World['loggedWriter']): World => (world.loggedWriter === writer ? world : { ...world, broken: `${writer} wrote while ${world.loggedWriter} held the floor` });

type Act = (world: World) => World;
const agents = ['ann', 'ben'] as const;

const acts: Record<string, Act> = {
  'the visitor writes': (world) => {
    if (world.floor.state !== 'human') {
      if (world.turn) return world;
      const { state } = moveFloor(world.floor, { move: 'write' }, settings);
      return { ...world, floor: { ...world.floor, state }, turn: { fence: 1 }, writers: begun(world), unheard: false };
    }
    const after = moveFloor(world.floor, { move: 'write' }, settings);
    return { ...world, floor: { ...world.floor, isAwaited: after.isAwaited }, hasDue: after.dueSeconds === 'keep' ? world.hasDue : after.dueSeconds !== null, unheard: true };
  },
  'the visitor asks for a person': (world) => {
    const decision = decideRequest(held(world), 'visitor_asked', new Date());
    return decision?.move === 'request' ? moved(world, { move: 'request' }) : world;
  },
  'the visitor waits no longer': (world) => (world.floor.state === 'waiting' ? moved(world, { move: 'release' }) : world),
  'the bot gives way': (world) => (world.turn && decideRequest(held(world), 'unanswered', new Date()) ? moved(world, { move: 'request' }, true) : world),
  'nobody is seen for long': (world) => {
    const decision = decideDue(held(world));
    return decision && decision.move !== 'tell' ? moved(world, { move: decision.move }) : world;
  },
  'the process of the bot dies': (world) => ({ ...world, writers: world.writers.map((writer) => ({ ...writer, isDead: true })) }),
  'another process takes over': (world) => {
    if (!world.turn || world.writers.some(({ isDead, turnFence }) => !isDead && turnFence === world.turn!.fence)) return world;
    const fence = world.turn.fence + 1;
    return fence > 3 ? world : { ...world, turn: { fence }, writers: [...world.writers, { turnFence: fence, isDead: false }].slice(-2) };
  },
  ...Object.fromEntries(
    // The late process is one that lives, but has lost its lease: its piece must be refused.
    [0, 1].flatMap((at): [string, Act][] => [
      [`process ${at} stores a piece`, (world) => writes(world, at, false)],
      [`process ${at} ends the answer`, (world) => writes(world, at, true)],
    ]),
  ),
  ...Object.fromEntries(
    agents.flatMap((agent): [string, Act][] => [
      [`${agent} takes it`, (world) => seen(moved(world, { move: 'take', agentId: agent }, true), agent)],
      [`${agent} writes with the fence they know`, (world) => replies(world, agent)],
      [`${agent} gives it back`, (world) => (isOwn(world, agent) ? moved(world, { move: 'release' }) : world)],
      [`${agent} puts it into the queue`, (world) => (isOwn(world, agent) ? moved(world, { move: 'requeue' }) : world)],
      [`${agent} closes it`, (world) => (isOwn(world, agent) ? moved(world, { move: 'close' }, true) : world)],
    ]),
  ),
  'somebody opens it again': (world) => moved(world, { move: 'reopen' }),
};

/** As append_events and closeTurn: taken from whoever has the turn's fence while the turn runs. */
function writes(world: World, at: number, isEnd: boolean): World {
  const writer = world.writers[at];
  if (!writer || writer.isDead || !world.turn || writer.turnFence !== world.turn.fence) return world;
  const said = says(world, 'bot');
  return isEnd ? { ...said, turn: null, writers: late(world), unheard: false } : said;
}

/** Another turn: whoever wrote before has a turn that no piece is taken for. */
function begun(world: World): World['writers'] {
  return [...late(world), { turnFence: 1, isDead: false }].slice(-2);
}

function late(world: World): World['writers'] {
  return world.writers.slice(-1).map((writer) => ({ ...writer, turnFence: 0 }));
}

function seen(world: World, agent: 'ann' | 'ben'): World {
  return world.floor.assigneeId === agent ? { ...world, known: { ...world.known, [agent]: world.floor.fence } } : world;
}

/** As AgentMessages.reply. */
function replies(world: World, agent: 'ann' | 'ben'): World {
  const { state, assigneeId, fence } = world.floor;
  if (state !== 'human' || assigneeId !== agent || fence !== world.known[agent]) return world;
  return { ...says(world, agent), floor: { ...world.floor, isAwaited: false }, hasDue: false, unheard: false };
}

const isOwn = ({ floor }: World, agent: string) => floor.assigneeId === null || floor.assigneeId === agent;

/** What must hold in every world. */
function problemOf(world: World): string {
  const { floor, turn } = world;
  if (world.broken) return world.broken;
  if ((floor.state === 'human') !== (floor.assigneeId !== null)) return 'a person holds it, and nobody is named';
  if (writerOf[floor.state] === 'agent' && turn) return 'the bot answers while a person holds it';
  if ((world.loggedWriter === 'bot' ? 'bot' : 'agent') !== writerOf[floor.state]) return 'the log names another writer than the row';
  if (world.loggedWriter !== 'bot' && world.loggedWriter !== floor.assigneeId) return 'the log names another person than the row';
  if ((floor.state === 'waiting' || (floor.state === 'human' && floor.isAwaited)) && !world.hasDue) return 'somebody waits without an end';
  if (world.hasDue && (floor.state === 'bot' || floor.state === 'closed')) return 'something is due of which nothing can come';
  if (world.unheard && !turn && !world.hasDue) return 'the visitor has written, and nobody will answer';
  return '';
}

/** Fences are told apart by how far they lie behind, so that worlds which differ in their age only are one. */
function keyOf({ floor, known, ...world }: World): string {
  const age = (fence: number) => Math.min(2, floor.fence - fence);
  return JSON.stringify([floor.state, floor.assigneeId, floor.isAwaited, age(known.ann), age(known.ben), world]);
}

describe('the hand-over machine', () => {
  it('has no order of events with two writers, with none, or with a visitor to whom nobody will reply', () => {
    const reached = new Map<string, World>([[keyOf(start), start]]);
    let edge: { world: World; path: string[] }[] = [{ world: start, path: [] }];
    let tried = 0;
    for (let depth = 0; depth < 12 && edge.length > 0; depth += 1) {
      const next: typeof edge = [];
      for (const { world, path } of edge) {
        for (const [name, act] of Object.entries(acts)) {
          tried += 1;
          const after = act(world);
          const problem = problemOf(after);
          if (problem) throw new Error(`${problem}: ${[...path, name].join(', ')}`);
          if (after.floor.fence < world.floor.fence) throw new Error(`the fence fell: ${[...path, name].join(', ')}`);
          if (after.loggedWriter !== world.loggedWriter && after.floor.fence === world.floor.fence) throw new Error(`a new writer has the fence of the old one: ${[...path, name].join(', ')}`);
          if (reached.has(keyOf(after))) continue;
          reached.set(keyOf(after), after);
          next.push({ world: after, path: [...path, name] });
        }
      }
      edge = next;
    }
    expect(edge, 'all worlds are reached before the depth is').toEqual([]);
    expect(new Set([...reached.values()].map(({ floor }) => floor.state))).toEqual(new Set(handoverStates));
    expect(tried).toBeGreaterThan(2_000);
  });

  it('would notice: a piece of a turn that was not ended, a reply with an old fence, a person without an end', () => {
    const human: World = { ...start, floor: { state: 'human', fence: 2, assigneeId: 'ann', isAwaited: false }, loggedWriter: 'ann' };
    expect(problemOf({ ...human, turn: { fence: 1 } })).not.toBe('');
    expect(problemOf(says(human, 'ben'))).not.toBe('');
    expect(problemOf({ ...human, floor: { ...human.floor, isAwaited: true } })).not.toBe('');
    expect(problemOf({ ...human, unheard: true })).not.toBe('');
    expect(problemOf(human)).toBe('');
  });
});
