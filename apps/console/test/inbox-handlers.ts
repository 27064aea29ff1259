import { randomUUID } from 'node:crypto';
import {
  handoverTable,
  inboxViews,
  type Attachment,
  type Conversation,
  type HandoverMove,
  type HandoverReason,
  type InboxCounts,
  type InboxItem,
  type InboxView,
} from '@docent/contracts';
import { find, page, removeFrom } from './lists';
import { aDesk, type Desk } from './inbox-data';
import { Refusal, type Context, type Handlers } from './respond';
import type { Script } from './script';
import { ago } from './warranty';
import { aSource, type WorkspaceData } from './workspace-data';

const ok = { ok: true } as const;
const attachments = new Map<string, Attachment>();
const saidOnce = new Map<string, number>();

/** The inbox with its moves, by the same table as the product's. */
export function inboxHandlers(script: Script): Handlers {
  const at = (context: Context) => script.workspace(context.workspaceId);
  const me = (workspace: WorkspaceData) => ({ id: workspace.members[0]!.personId, name: workspace.members[0]!.name });
  const open = (id: string, context: Context) => {
    const workspace = at(context);
    const conversation = find(workspace.conversations, id);
    return { workspace, conversation, desk: deskOf(workspace, conversation) };
  };
  const changed = (workspace: WorkspaceData, { id, botId, lastSeq }: Conversation) =>
    script.push(workspace.id, { kind: 'conversation', id, botId, lastSeq });
  const move = (id: string, context: Context, what: HandoverMove, reason: HandoverReason, assignee: Desk['assignee']) => {
    const { workspace, conversation, desk } = open(id, context);
    const state = handoverTable[desk.state][what];
    if (!state) throw new Refusal('conflict');
    Object.assign(desk, { state, assignee, fence: desk.fence + 1, handoverReason: reason });
    desk.waitingSince = state === 'waiting' ? ago(0) : null;
    conversation.state = state;
    const data = { state, reason, agent: assignee, text: '', promisedSeconds: null, offersForm: false };
    const event = script.append(conversation, 'handover', data);
    conversation.transcript.push({ role: 'handover', seq: event.seq, at: event.at, ...data });
    changed(workspace, conversation);
    return { state, fence: desk.fence, assignee };
  };
  return {
    listInbox: ({ query }, context) => {
      const workspace = at(context);
      const fits = (item: InboxItem) =>
        isIn(query.view, item, me(workspace).id) &&
        (!query.botId || item.botId === query.botId) &&
        (!query.tag || item.tags.includes(query.tag)) &&
        (!query.search || `${item.title} ${item.visitorName} ${item.preview}`.toLowerCase().includes(query.search.toLowerCase()));
      const items = workspace.conversations.map((conversation) => itemOf(workspace, conversation)).filter(fits);
      return page(items.toSorted((a, b) => b.lastMessageAt.localeCompare(a.lastMessageAt)), query);
    },
    countInbox: ({ query }, context) => {
      const workspace = at(context);
      const items = workspace.conversations
        .filter(({ botId }) => !query.botId || botId === query.botId)
        .map((conversation) => itemOf(workspace, conversation));
      const count = (view: InboxView) => items.filter((item) => isIn(view, item, me(workspace).id)).length;
      return Object.fromEntries(inboxViews.map((view) => [view, count(view)])) as InboxCounts;
    },
    conversationDetails: ({ params }, context) => {
      const { workspace, conversation, desk } = open(params.conversationId, context);
      const { visitor, notes, brief, fence, handoverReason, visitorReadSeq, agentReadSeq, satisfaction } = desk;
      const item = itemOf(workspace, conversation);
      return { conversation: item, visitor, notes, brief, fence, handoverReason, visitorReadSeq, agentReadSeq, satisfaction };
    },
    takeConversation: ({ params }, context) => move(params.conversationId, context, 'take', 'agent', me(at(context))),
    releaseConversation: ({ params, body }, context) =>
      move(params.conversationId, context, body.to === 'bot' ? 'release' : 'requeue', 'agent', null),
    closeConversation: ({ params }, context) => move(params.conversationId, context, 'close', 'closed', null),
    reopenConversation: ({ params }, context) => move(params.conversationId, context, 'reopen', 'reopened', null),
    assignConversation: ({ params, body }, context) => {
      if (!body.memberId) return move(params.conversationId, context, 'requeue', 'agent', null);
      const { personId, name } = find(at(context).members, body.memberId);
      return move(params.conversationId, context, 'take', 'agent', { id: personId, name });
    },
    snoozeConversation: ({ params, body }, context) => {
      const { workspace, conversation, desk } = open(params.conversationId, context);
      desk.snoozedUntil = body.until;
      changed(workspace, conversation);
      return ok;
    },
    tagConversation: ({ params, body }, context) => {
      const { workspace, conversation, desk } = open(params.conversationId, context);
      desk.tags = body.tags;
      changed(workspace, conversation);
      return ok;
    },
    reply: ({ params, body }, context) => {
      const { workspace, conversation, desk } = open(params.conversationId, context);
      const known = saidOnce.get(body.clientMessageId);
      if (known) return { seq: known };
      if (body.fence !== desk.fence || desk.assignee?.id !== me(workspace).id) throw new Refusal('not_the_writer');
      const files = body.attachmentIds?.map((id) => attachments.get(id)!).filter(Boolean);
      const data = { turnId: null, clientMessageId: body.clientMessageId, role: 'agent', text: body.text, agent: me(workspace), attachments: files };
      const { seq, at: time } = script.append(conversation, 'message', data);
      saidOnce.set(body.clientMessageId, seq);
      conversation.transcript.push({ role: 'agent', seq, agent: me(workspace), text: body.text, attachments: files, at: time });
      changed(workspace, conversation);
      // The visitor reads it, thinks, and answers.
      setTimeout(() => script.mention(conversation.id, { kind: 'read', by: 'visitor', seq }), 400).unref();
      setTimeout(() => script.mention(conversation.id, { kind: 'typing', by: 'visitor', on: true }), 900).unref();
      setTimeout(() => {
        const said = script.append(conversation, 'message', { turnId: null, clientMessageId: null, role: 'visitor', text: 'Thank you!' });
        conversation.transcript.push({ role: 'visitor', seq: said.seq, turnId: null, text: 'Thank you!', at: said.at });
        changed(workspace, conversation);
      }, 2500).unref();
      return { seq };
    },
    addNote: ({ params, body }, context) => {
      const { workspace, conversation, desk } = open(params.conversationId, context);
      const note = { id: randomUUID(), author: me(workspace), text: body.text, at: ago(0) };
      desk.notes.push(note);
      changed(workspace, conversation);
      return note;
    },
    hereOnConversation: ({ params, body }, context) => {
      const { desk } = open(params.conversationId, context);
      if (body.readSeq) Object.assign(desk, { unread: 0, agentReadSeq: body.readSeq });
      return { state: desk.state, fence: desk.fence, assignee: desk.assignee };
    },
    makeBrief: ({ params }, context) => {
      const { conversation, desk } = open(params.conversationId, context);
      return (desk.brief ??= { summary: `The visitor asked: ${conversation.title}`, citations: [], suggestions: [] });
    },
    saveAnswer: ({ params, body }, context) => {
      const { workspace, conversation } = open(params.conversationId, context);
      const source = aSource(conversation.botId, { name: body.question, type: 'qa', status: 'queued', stage: 'queued', progress: 0 });
      workspace.sources.unshift(source);
      script.ingest(workspace, source);
      return source;
    },
    listCannedReplies: (_, context) => ({ items: at(context).cannedReplies }),
    createCannedReply: ({ body }, context) => {
      refuseTaken(at(context), body.shortcut);
      const reply = { id: randomUUID(), ...body };
      at(context).cannedReplies.push(reply);
      return reply;
    },
    updateCannedReply: ({ params, body }, context) => {
      refuseTaken(at(context), body.shortcut, params.cannedReplyId);
      return Object.assign(find(at(context).cannedReplies, params.cannedReplyId), body);
    },
    deleteCannedReply: ({ params }, context) => (removeFrom(at(context).cannedReplies, params.cannedReplyId), ok),
    createAttachment: (_, { file }) => {
      if (!file || /\.(exe|svg|html)$/i.test(file.name)) throw new Refusal('unsupported_file');
      const mediaType = file.name.endsWith('.pdf') ? 'application/pdf' : 'image/png';
      const attachment = { id: randomUUID(), name: file.name, mediaType, sizeBytes: file.sizeBytes };
      attachments.set(attachment.id, attachment);
      return attachment;
    },
    getAttachment: (_, { response }) => void response.writeHead(200, { 'content-type': 'application/octet-stream' }).end('file'),
  };
}

function refuseTaken(workspace: WorkspaceData, shortcut: string, except?: string): void {
  if (workspace.cannedReplies.some((reply) => reply.shortcut === shortcut && reply.id !== except)) throw new Refusal('conflict');
}

function deskOf(workspace: WorkspaceData, conversation: Conversation): Desk {
  const desk = workspace.desks.get(conversation.id) ?? aDesk(conversation, { state: conversation.state });
  workspace.desks.set(conversation.id, desk);
  return desk;
}

function itemOf(workspace: WorkspaceData, conversation: Conversation): InboxItem {
  const { state, assignee, unread, waitingSince, snoozedUntil, tags, visitor } = deskOf(workspace, conversation);
  const last = conversation.transcript.filter((entry) => entry.role !== 'handover').at(-1);
  const { transcript: _, ...summary } = conversation;
  const preview = (last?.text ?? '').slice(0, 140);
  const visitorName = visitor.name ?? visitor.email;
  return { ...summary, state, assignee, unread, waitingSince, snoozedUntil, tags, topic: topicOf(conversation), visitorName, preview };
}

function isIn(view: InboxView, item: InboxItem, myId: string): boolean {
  if (view === 'all') return item.snoozedUntil === null;
  if (view === 'snoozed') return item.snoozedUntil !== null;
  if (item.snoozedUntil !== null) return false;
  if (view === 'mine') return item.state === 'human' && item.assignee?.id === myId;
  if (view === 'unassigned') return item.state === 'waiting';
  return item.state === view;
}

/** The script's own: whatever its answers cite most. */
export function topicOf({ transcript }: Pick<Conversation, 'transcript'>): InboxItem['topic'] {
  const cited = transcript.flatMap((entry) => (entry.role === 'assistant' ? entry.citations : []));
  return cited[0] ? { name: cited[0].title, from: 'sources' } : null;
}
