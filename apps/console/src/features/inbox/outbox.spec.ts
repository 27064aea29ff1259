import { describe, expect, it } from 'vitest';
import { Outbox, type OutgoingReply } from './outbox';

const aReply = (clientMessageId: string, fence = 3) => ({
  clientMessageId,
  conversationId: 'one',
  text: clientMessageId,
  attachments: [],
  fence,
  at: '2026-01-01T00:00:00.000Z',
});

/** A server that keeps each message once, behind a network that does what the script says. */
function aWorld(script: ('fine' | 'lost' | 'receipt lost' | 'refused')[] = []) {
  const stored = new Map<string, OutgoingReply>();
  const log: string[] = [];
  const step = script.values();
  const send = async (reply: OutgoingReply) => {
    const what = step.next().value ?? 'fine';
    await Promise.resolve();
    if (what === 'lost' || what === 'refused') throw new Error(what);
    if (!log.includes(reply.clientMessageId)) log.push(reply.clientMessageId);
    if (what === 'receipt lost') throw new Error(what);
    return { seq: log.indexOf(reply.clientMessageId) + 1 };
  };
  const open = () =>
    new Outbox({
      store: {
        all: () => [...stored.values()],
        put: (reply) => void stored.set(reply.clientMessageId, reply),
        remove: (clientMessageId) => void stored.delete(clientMessageId),
      },
      send,
      explain: (error) => {
        const message = error instanceof Error ? error.message : '';
        return { passing: message !== 'refused', code: message === 'refused' ? 'not_the_writer' : 'unavailable', message };
      },
      exclusively: (_, work) => work(),
      wait: () => Promise.resolve(),
    });
  return { open, log };
}

const quiet = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('Outbox', () => {
  it('sends in order, each once, whatever the network loses', async () => {
    const { open, log } = aWorld(['lost', 'receipt lost', 'fine', 'lost', 'fine']);
    const outbox = open();
    outbox.add(aReply('a'));
    outbox.add(aReply('b'));
    await quiet();
    expect(log).toEqual(['a', 'b']);
    expect(outbox.all().map(({ state }) => state)).toEqual([
      { kind: 'sent', seq: 1 },
      { kind: 'sent', seq: 2 },
    ]);
  });

  it('keeps what was not sent over a reload, and sends it then', async () => {
    const { open, log } = aWorld(['refused']);
    open().add(aReply('a'));
    await quiet();
    const reloaded = open();
    expect(reloaded.all()).toMatchObject([{ state: { kind: 'refused', code: 'not_the_writer' } }]);
    reloaded.retry('a', 4);
    await quiet();
    expect(log).toEqual(['a']);
    expect(reloaded.all()).toMatchObject([{ fence: 4, state: { kind: 'sent' } }]);
  });

  it('holds back what was written after a refused reply, until that is dropped or sent', async () => {
    const { open, log } = aWorld(['refused']);
    const outbox = open();
    outbox.add(aReply('a'));
    outbox.add(aReply('b'));
    await quiet();
    expect(log).toEqual([]);
    outbox.drop('a');
    outbox.flushAll();
    await quiet();
    expect(log).toEqual(['b']);
  });

  it('forgets a reply when the log has shown it, and not before', async () => {
    const { open } = aWorld();
    const outbox = open();
    outbox.add(aReply('a'));
    await quiet();
    outbox.settle('one', 0);
    expect(outbox.all()).toHaveLength(1);
    outbox.settle('one', 1);
    expect(outbox.all()).toHaveLength(0);
  });

  it('forgets a reply that the log shows before its receipt comes, and sends the next one', async () => {
    const { open, log } = aWorld();
    const outbox = open();
    outbox.add(aReply('a'));
    outbox.add(aReply('b'));
    outbox.heard('a');
    outbox.heard('of the visitor');
    expect(outbox.all().map(({ clientMessageId }) => clientMessageId)).toEqual(['b']);
    await quiet();
    expect(log).toEqual(['a', 'b']);
  });

  it('loses nothing when two tabs write at the same time', async () => {
    const { open, log } = aWorld(['refused', 'refused']);
    const [one, two] = [open(), open()];
    one.add(aReply('a'));
    two.add(aReply('b'));
    await quiet();
    expect(open().all()).toHaveLength(2);
    expect(log).toEqual([]);
  });
});
