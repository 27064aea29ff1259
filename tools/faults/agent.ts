import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type { AgentLog, AgentMessage, ClientHistory } from './history';
import { exceptConflict, insist, Refused } from './insist';
import { signInAs, type MemberAccount, type MemberSession } from './member-session';
import type { SeededRandom } from '../seeded-random';

export interface AgentOptions {
  /** Of the fault proxy. */
  url: string;
  member: MemberAccount;
  random: SeededRandom;
}

const lookEveryMs = 3000;

/**
 * A member of the team with an open console: hears over its socket of visitors who wait, looks into the lists as the console does (a
 * push may get lost), takes each over, writes, and gives it back or closes it; and writes down what the server acknowledged.
 */
export class Agent {
  /** Conversations that were taken over, and messages to them that were acknowledged. */
  readonly counted = { taken: 0, written: 0, pushes: 0, refusedLate: 0 };
  private readonly complaints = new Map<string, string[]>();
  private readonly logs = new Map<string, AgentLog>();
  private readonly serving = new Map<string, Promise<void>>();
  private headers: MemberSession['headers'] = { cookie: '', origin: '', 'docent-workspace': '' };
  private agentId = '';
  private socket: Socket | null = null;
  private isLeaving = false;
  private looking: Promise<void> = Promise.resolve();

  private constructor(private readonly options: AgentOptions) {}

  static async arrive(options: AgentOptions): Promise<Agent> {
    const agent = new Agent(options);
    await agent.signIn();
    agent.looking = agent.look();
    return agent;
  }

  /** A visitor's history with what this agent knows of the conversation, once they have nothing to do in it any more. */
  async completed(history: ClientHistory): Promise<ClientHistory> {
    await this.serving.get(history.conversationId);
    const log = this.logs.get(history.conversationId);
    return { ...history, agents: log ? [log] : [], complaints: [...history.complaints, ...(this.complaints.get(history.conversationId) ?? [])] };
  }

  async leave(): Promise<void> {
    this.isLeaving = true;
    this.socket?.disconnect();
    await Promise.race([Promise.all([this.looking, ...this.serving.values()]), wait(20_000)]);
  }

  private async signIn(): Promise<void> {
    const { url, member } = this.options;
    const { personId, headers } = await signInAs(url, member);
    this.agentId = personId;
    this.headers = headers;
    this.listen();
  }

  private listen(): void {
    this.socket?.disconnect();
    const { cookie, origin, 'docent-workspace': workspaceId } = this.headers;
    this.socket = io(`${this.options.url}/console`, { auth: { workspaceId }, extraHeaders: { cookie, origin }, transports: ['websocket'], forceNew: true, reconnectionDelay: 100, reconnectionDelayMax: 1000, timeout: 5000 });
    this.socket.on('change', ({ kind, id, state }: { kind: string; id: string; state?: string }) => {
      if (kind !== 'conversation' || state !== 'waiting') return;
      this.counted.pushes++;
      this.serve(id);
    });
  }

  private async look(): Promise<void> {
    while (!this.isLeaving) {
      for (const view of ['waiting', 'mine']) {
        const page = await this.call('GET', `/v1/inbox?view=${view}`).catch(() => null);
        for (const { id } of (page?.['items'] ?? []) as { id: string }[]) this.serve(id);
      }
      await wait(lookEveryMs);
    }
  }

  private serve(conversationId: string): void {
    if (this.isLeaving || this.serving.has(conversationId)) return;
    const served = this.speak(conversationId)
      .catch((error: unknown) => {
        // Somebody else was faster, or the agent counts as gone: the conversation is not theirs.
        if (!(error instanceof Refused && error.status === 409)) this.complain(conversationId, String(error));
      })
      .finally(() => this.serving.delete(conversationId));
    this.serving.set(conversationId, served);
  }

  private async speak(conversationId: string): Promise<void> {
    const { random } = this.options;
    const path = `/v1/conversations/${conversationId}`;
    const log = this.logs.get(conversationId) ?? { agentId: this.agentId, sent: [] };
    this.logs.set(conversationId, log);
    await wait(random.between(0, 300));
    const fence = Number((await this.call('POST', `${path}/take`, {}))['fence']);
    this.counted.taken++;
    for (let left = random.between(1, 3); left > 0; left--) {
      await this.call('POST', `${path}/here`, { typing: true });
      await wait(random.between(0, 400));
      await this.write(conversationId, log, fence);
    }
    const handBack = random.chance(0.7) ? this.call('POST', `${path}/release`, { to: 'bot' }) : this.call('POST', `${path}/close`);
    // A first try may have reached the server without its answer coming back.
    await handBack.catch(exceptConflict);
    await this.writeLate(conversationId, log.sent.at(-1)!, fence);
  }

  /** Sends it again, or twice at once, now and then; each must be answered with the same number. */
  private async write(conversationId: string, log: AgentLog, fence: number): Promise<void> {
    const message: AgentMessage = { clientMessageId: randomUUID(), text: `A person says word ${log.sent.length + 1}`, fence, acknowledged: null };
    log.sent.push(message);
    const copies = this.options.random.chance(0.2) ? 2 : 1;
    const seqs = await Promise.all(Array.from({ length: copies }, () => this.send(conversationId, message)));
    message.acknowledged = { seq: seqs[0]! };
    this.counted.written++;
    if (seqs.some((seq) => seq !== seqs[0])) this.complain(conversationId, `${message.clientMessageId} sent twice got two numbers`);
  }

  /** What was acknowledged is acknowledged again when it is too late; what is new is refused. */
  private async writeLate(conversationId: string, known: AgentMessage, fence: number): Promise<void> {
    if ((await this.send(conversationId, known)) !== known.acknowledged!.seq) this.complain(conversationId, `${known.clientMessageId} sent again got another number`);
    const late = { clientMessageId: randomUUID(), text: 'Too late', fence, acknowledged: null };
    const refused = await this.send(conversationId, late).then(() => false, (error: unknown) => error instanceof Refused && error.status === 409);
    if (refused) this.counted.refusedLate++;
    else this.complain(conversationId, 'the agent wrote after they had given the conversation back');
  }

  private async send(conversationId: string, { clientMessageId, text, fence }: AgentMessage): Promise<number> {
    return Number((await this.call('POST', `/v1/conversations/${conversationId}/replies`, { clientMessageId, text, fence }))['seq']);
  }

  /** A session that has run out is begun anew. */
  private async call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const attempt = () => insist({ url: this.options.url, headers: { ...this.headers }, random: this.options.random }, method, path, body);
    return attempt().catch(async (error: unknown) => {
      if (!(error instanceof Refused && error.status === 401)) throw error;
      await this.signIn();
      return attempt();
    });
  }

  private complain(conversationId: string, what: string): void {
    this.complaints.set(conversationId, [...(this.complaints.get(conversationId) ?? []), what]);
  }
}
