import { EventEmitter } from 'node:events';
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import {
  ConversationEventSchema,
  type Change,
  type Conversation,
  type ConversationEvent,
  type Me,
  type Person,
  type Source,
  type Turn,
} from '@docent/contracts';
import { Refusal } from './respond';
import { ago, cite, sentences } from './warranty';
import { emptyWorkspace, fullWorkspace, type WorkspaceData } from './workspace-data';

const stages = ['extracting', 'chunking', 'indexing'] as const;
const stepMs = 350;

/** The world behind the scripted server: its workspaces, and what happens in them over time. */
export class Script {
  /** Emits `change` with the workspace id and the change. */
  readonly changes = new EventEmitter();
  private person: Person = { id: randomUUID(), email: 'ana@acme.example', name: 'Ana Ferreira' };
  private workspaces: WorkspaceData[];
  private readonly logs = new Map<string, ConversationEvent[]>();
  private readonly readers = new EventEmitter();
  private readonly stopped = new Set<string>();

  constructor(readonly address: string) {
    const failing = { ...fullWorkspace('Failing', this.person), isFailing: true };
    this.workspaces = [
      fullWorkspace('Acme', this.person),
      emptyWorkspace('Fresh start', this.person),
      failing,
      fullWorkspace('Read only', this.person, 'viewer'),
    ];
    this.readers.setMaxListeners(0);
  }

  me(): Me {
    return { person: this.person, workspaces: this.workspaces.map(({ id, name, role }) => ({ id, name, role })) };
  }

  startOver(name: string, email: string, workspaceName: string): void {
    this.person = { id: randomUUID(), email, name };
    this.workspaces = [emptyWorkspace(workspaceName, this.person)];
  }

  addWorkspace(name: string): WorkspaceData {
    const workspace = emptyWorkspace(name, this.person);
    this.workspaces.push(workspace);
    return workspace;
  }

  workspace(id: string): WorkspaceData {
    const workspace = this.workspaces.find((candidate) => candidate.id === id);
    if (!workspace) throw new Refusal('not_found');
    if (workspace.isFailing) throw new Refusal('internal');
    return workspace;
  }

  /** Brings a source to its end, step by step; a name with "broken" fails on the way. */
  ingest(workspace: WorkspaceData, source: Source): void {
    const steps: Partial<Source>[] = stages.map((stage, index) => ({ status: 'processing', stage, progress: 20 + index * 30 }));
    const message = 'The file is damaged or incomplete. Open it in its own program, save it again and upload that.';
    if (source.name.includes('broken'))
      steps.splice(1, 2, { status: 'failed', stage: 'failed', error: { code: 'file_broken', message } });
    else steps.push({ status: 'ready', stage: 'ready', progress: 100, chunkCount: 8, pageCount: 2, updatedAt: ago(0) });
    steps.forEach((step, index) => {
      setTimeout(
        () => {
          const { id, botId, status, stage, progress } = Object.assign(source, step);
          this.push(workspace.id, { kind: 'source', id, botId, status, stage, progress });
        },
        stepMs * (index + 1),
      ).unref();
    });
  }

  beginConversation(workspace: WorkspaceData, botId: string): Conversation {
    const conversation: Conversation = {
      id: randomUUID(),
      botId,
      channel: 'playground',
      visitorId: null,
      title: '',
      messageCount: 0,
      unansweredCount: 0,
      rating: null,
      pageUrl: null,
      locale: 'en',
      createdAt: ago(0),
      lastMessageAt: ago(0),
      lastSeq: 0,
      state: 'bot',
      transcript: [],
    };
    workspace.conversations.unshift(conversation);
    this.logs.set(conversation.id, []);
    return conversation;
  }

  /** Answers like the product would: piece by piece into the log. A question about the moon finds nothing. */
  answer(workspace: WorkspaceData, conversation: Conversation, question: string): Turn {
    const turnId = randomUUID();
    const source =
      workspace.sources.find(({ name, status }) => name.startsWith('Warranty') && status === 'ready') ?? workspace.sources[0];
    const answered = source !== undefined && !/moon/i.test(question);
    const citations = answered ? [cite(1, source.id, sentences[0]), cite(2, source.id, sentences[1])] : [];
    const text = answered
      ? `${sentences[0]} [1]\n\nTwo things to know:\n\n- ${sentences[1]} [2]\n- Keep the **order number**.`
      : 'I could not find an answer to this in the documents that I know.';
    conversation.title ||= question.slice(0, 140);
    conversation.messageCount += 2;
    const first = this.append(conversation, 'message', { turnId, clientMessageId: null, role: 'visitor', text: question });
    conversation.transcript.push({ role: 'visitor', seq: first.seq, turnId, text: question, at: first.at });
    void this.stream(workspace, conversation, turnId, { text, citations, answered });
    return { turnId, seq: first.seq };
  }

  stop(turnId: string): void {
    this.stopped.add(turnId);
  }

  /** Tells whoever follows at this moment who is there. */
  mention(conversationId: string, presence: { kind: string; by: string; name?: string; on?: boolean; seq?: number }): void {
    this.readers.emit(`${conversationId} presence`, presence);
  }

  /** Sends the log as server-sent events, then whatever is added. */
  follow(conversationId: string, after: number, response: ServerResponse): undefined {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const write = ({ seq, type, data }: ConversationEvent) =>
      response.write(`id: ${seq}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
    response.write(': ping\n\n');
    this.logs
      .get(conversationId)
      ?.filter(({ seq }) => seq > after)
      .forEach(write);
    const mention = (presence: object) => response.write(`event: presence\ndata: ${JSON.stringify(presence)}\n\n`);
    this.readers.on(conversationId, write);
    this.readers.on(`${conversationId} presence`, mention);
    response.on('close', () => {
      this.readers.off(conversationId, write);
      this.readers.off(`${conversationId} presence`, mention);
    });
  }

  private async stream(
    workspace: WorkspaceData,
    conversation: Conversation,
    turnId: string,
    answer: Pick<Extract<Conversation['transcript'][number], { role: 'assistant' }>, 'text' | 'citations'> & {
      answered: boolean;
    },
  ): Promise<void> {
    const started = this.append(conversation, 'answer.started', { turnId });
    let written = '';
    for (const piece of answer.text.match(/\S+\s*/g) ?? []) {
      if (this.stopped.has(turnId)) break;
      await new Promise((resolve) => setTimeout(resolve, 25).unref());
      const citations = answer.citations.filter(({ n }) => piece.includes(`[${n}]`));
      written += piece;
      this.append(conversation, 'answer.delta', { turnId, text: piece, ...(citations.length > 0 ? { citations } : {}) });
    }
    const finishReason = this.stopped.has(turnId) ? 'stopped_by_visitor' : 'stop';
    const done = this.append(conversation, 'answer.completed', {
      turnId,
      text: written,
      citations: answer.citations,
      answered: answer.answered,
      suggestions: [],
      finishReason,
    });
    conversation.transcript.push({
      role: 'assistant',
      seq: started.seq,
      turnId,
      text: written,
      status: 'completed',
      citations: answer.citations,
      answered: answer.answered,
      suggestions: [],
      rating: null,
      at: done.at,
    });
    this.push(workspace.id, { kind: 'conversation', id: conversation.id, botId: conversation.botId, lastSeq: done.seq });
  }

  append(conversation: Conversation, type: ConversationEvent['type'], data: unknown): ConversationEvent {
    const log = this.logs.get(conversation.id) ?? [];
    this.logs.set(conversation.id, log);
    const event = ConversationEventSchema.parse({ seq: (conversation.lastSeq += 1), type, at: ago(0), data });
    log.push(event);
    this.readers.emit(conversation.id, event);
    return event;
  }

  push(workspaceId: string, change: Change): void {
    this.changes.emit('change', workspaceId, change);
  }
}
