import { randomUUID } from 'node:crypto';
import type { ClientHistory } from './history';
import { insist, type InsistingCaller } from './insist';
import { LogReader, type LogReaderOptions } from './log-reader';

export interface PlainVisitorOptions extends LogReaderOptions {
  botId: string;
  questions: string[];
  /** Asks for a person when this question is reached, and asks them the other one; the questions after it are the bot's again. */
  person: { at: number; question: string } | null;
}

/**
 * A program that asks its questions one after the other over plain HTTP, sends again whatever got no answer, sometimes sends twice what
 * was answered, reads the log from where it was, and writes down everything it saw.
 */
export async function visitPlainly(options: PlainVisitorOptions): Promise<ClientHistory> {
  // That another question is being answered passes.
  const caller: InsistingCaller = { ...options, headers: { authorization: `Bearer ${options.apiKey}` }, alsoAgain: [409] };
  const conversationId = String((await insist(caller, 'POST', `/v1/bots/${options.botId}/conversations`, {}))['id']);
  const history: ClientHistory = { conversationId, sent: [], readers: [], agents: [], screens: [], complaints: [] };
  const leaving = new AbortController();
  const readers = Array.from({ length: options.random.chance(0.15) ? 2 : 1 }, (_, index) => new LogReader(options, conversationId, `${options.reads} ${index + 1}`));
  history.readers = readers.map((reader) => reader.log);
  const reading = readers.map((reader) => reader.run(leaving.signal));
  try {
    for (const [index, text] of options.questions.entries()) {
      if (index !== options.person?.at) await askOnce(caller, history, text, readers);
      else await askPerson(caller, history, [text, options.person.question], readers);
    }
    await Promise.all(readers.map((reader) => reader.untilSettled()));
  } finally {
    leaving.abort();
    await Promise.all(reading);
  }
  return history;
}

/** Often the bot is still speaking when a person is asked for; whoever comes then interrupts it. */
async function askPerson(caller: InsistingCaller, history: ClientHistory, [first, second]: [string, string], readers: LogReader[]): Promise<void> {
  const request = () => insist(caller, 'POST', `/v1/conversations/${history.conversationId}/person`, {});
  if (caller.random.chance(0.5)) await Promise.all([askOnce(caller, history, first, readers), request()]);
  else await askOnce(caller, history, first, readers).then(request);
  await Promise.all(readers.map((reader) => reader.untilHeard()));
  await askOnce(caller, history, second, readers);
  await Promise.all(readers.map((reader) => reader.untilSettled()));
}

async function askOnce(caller: InsistingCaller, history: ClientHistory, text: string, readers: LogReader[]): Promise<void> {
  const message = { clientMessageId: randomUUID(), text };
  const sent: ClientHistory['sent'][number] = { ...message, acknowledged: null };
  history.sent.push(sent);
  const path = `/v1/conversations/${history.conversationId}/messages`;
  const copies = caller.random.chance(0.1) ? 2 : 1;
  const answers = await Promise.all(Array.from({ length: copies }, () => insist(caller, 'POST', path, message)));
  if (caller.random.chance(0.1)) answers.push(await insist(caller, 'POST', path, message));
  const turnId = String(answers[0]!['turnId']);
  sent.acknowledged = { turnId, seq: Number(answers[0]!['seq']) };
  if (answers.some((answer) => answer['turnId'] !== turnId)) history.complaints.push(`${message.clientMessageId} sent again became another turn`);
  if (caller.random.chance(0.03)) await insist(caller, 'POST', `/v1/conversations/${history.conversationId}/turns/${turnId}/stop`, {});
  await Promise.all(readers.map((reader) => reader.untilEnd(turnId, message.clientMessageId)));
}
