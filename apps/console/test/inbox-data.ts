import { randomUUID } from 'node:crypto';
import {
  Engagement,
  HandoverSettings,
  type AgentName,
  type Conversation,
  type ConversationDetails,
  type InboxItem,
  type TranscriptEntry,
} from '@docent/contracts';
import { ago, cite, sentences } from './warranty';
import type { WorkspaceData } from './workspace-data';

/** What stands beside a transcript. */
export type Desk = Pick<InboxItem, 'state' | 'assignee' | 'unread' | 'waitingSince' | 'snoozedUntil' | 'tags' | 'visitorName'> &
  Omit<ConversationDetails, 'conversation'>;

/** A desk that nobody has sat at yet. */
export function aDesk(conversation: Conversation, part: Partial<Desk> = {}): Desk {
  const visitor = {
    visitorId: conversation.visitorId,
    verified: false,
    externalId: null,
    name: null,
    email: null,
    fields: {},
    pageUrl: conversation.pageUrl,
    locale: conversation.locale,
    earlier: [],
  };
  return {
    state: 'bot',
    assignee: null,
    unread: 0,
    waitingSince: null,
    snoozedUntil: null,
    tags: [],
    visitorName: part.visitor?.name ?? null,
    visitor,
    notes: [],
    brief: null,
    fence: 1,
    handoverReason: null,
    visitorReadSeq: conversation.lastSeq,
    agentReadSeq: 0,
    satisfaction: null,
    ...part,
  };
}

/** The bot has said something that no source carries, and something else that one contradicts. */
function doubt(conversation: Conversation): void {
  const answer = conversation.transcript.find((entry) => entry.role === 'assistant')!;
  const said = { words: 'Abroad, every repair is free. [?]', number: 'It takes 900 days. [?]' } as const;
  answer.unsupported = [];
  for (const reason of ['words', 'number'] as const) {
    const start = answer.text.length + 1;
    answer.text += ` ${said[reason]}`;
    answer.unsupported.push({ start, end: answer.text.length, reason });
  }
}

/** A day in the inbox: somebody waits, something is mine, something is a colleague's, much is done. */
export function fillInbox(workspace: WorkspaceData): void {
  const [bot] = workspace.bots;
  const me: AgentName = { id: workspace.members[0]!.personId, name: workspace.members[0]!.name };
  const colleague: AgentName = { id: workspace.members[2]!.personId, name: workspace.members[2]!.name };
  const [mine, waiting, taken, snoozed, ...others] = workspace.conversations;
  const sit = (conversation: Conversation, part: Partial<Desk>) => {
    conversation.state = part.state ?? 'bot';
    workspace.desks.set(conversation.id, aDesk(conversation, part));
  };
  for (const conversation of [...others, ...manyConversations(bot!.id)]) {
    if (!workspace.conversations.includes(conversation)) workspace.conversations.push(conversation);
    sit(conversation, { state: conversation.state });
  }
  waiting!.lastMessageAt = ago(1);
  doubt(waiting!);
  sit(waiting!, {
    state: 'waiting',
    unread: 2,
    waitingSince: ago(1.6),
    handoverReason: 'visitor_asked',
    tags: ['shop'],
    visitor: { ...aDesk(waiting!).visitor, name: 'Inês Carvalho', email: 'ines@example.com', fields: { order_number: '4711-22' } },
  });
  writeOn(mine!, me);
  sit(mine!, {
    state: 'human',
    assignee: me,
    fence: 3,
    unread: 1,
    tags: ['warranty', 'vip', 'B2B', 'follow-up'],
    handoverReason: 'unanswered',
    visitorReadSeq: 6,
    visitor: {
      ...aDesk(mine!).visitor,
      verified: true,
      externalId: 'customer-20931',
      name: 'Tomasz Nowak',
      email: 'tomasz.nowak@example.com',
      fields: { plan: 'Business', company: 'Nowak & Córki' },
      locale: 'pl',
      earlier: others.slice(0, 2).map(({ id, title, state, lastMessageAt }) => ({ id, title, state, lastMessageAt })),
    },
    notes: [{ id: randomUUID(), author: colleague, text: 'Asked on the phone too. The order was delivered late, be kind.', at: ago(2.5) }],
    brief: {
      summary: `The visitor asks how long the warranty is and whether batteries are covered. ${sentences[0]} [1]`,
      citations: [cite(1, workspace.sources[0]!.id, sentences[0])],
      suggestions: [
        { text: `${sentences[0]} [1]`, citations: [cite(1, workspace.sources[0]!.id, sentences[0])] },
        { text: `${sentences[1]} [2]`, citations: [cite(2, workspace.sources[0]!.id, sentences[1])] },
      ],
    },
  });
  sit(taken!, { state: 'human', assignee: colleague, fence: 2 });
  sit(snoozed!, { state: 'human', assignee: me, fence: 2, snoozedUntil: ago(-60 * 14) });
  workspace.cannedReplies = [
    { id: randomUUID(), shortcut: 'hello', text: 'Hello! My name is Ana. How can I help you?' },
    { id: randomUUID(), shortcut: 'address', text: 'Our shop in Lisbon is in Rua Augusta 12, open from ten to seven.' },
    { id: randomUUID(), shortcut: 'warranty-form', text: 'Please send the order number and a photo of the defect to support@acme.example.' },
  ];
  fillSettings(workspace, bot!.id);
}

function writeOn(conversation: Conversation, agent: AgentName): void {
  const handover = { text: 'You are now talking to Ana Ferreira.', promisedSeconds: null, offersForm: false };
  const pdf = { id: randomUUID(), name: 'invoice-4711.pdf', mediaType: 'application/pdf', sizeBytes: 183_000 };
  const more: TranscriptEntry[] = [
    { role: 'visitor', seq: 3, turnId: null, text: 'And the batteries? I want to talk to a person.', at: ago(2.8) },
    { role: 'handover', seq: 4, state: 'waiting', reason: 'visitor_asked', agent: null, ...handover, text: '', at: ago(2.8) },
    { role: 'handover', seq: 5, state: 'human', reason: 'agent', agent, ...handover, at: ago(2) },
    { role: 'agent', seq: 6, agent, text: 'Hello Tomasz! Batteries are wear parts, so they are not covered. Which model is it?', at: ago(1.5) },
    { role: 'visitor', seq: 7, turnId: null, text: 'The 410. Here is the invoice.', attachments: [pdf], at: ago(0.6) },
  ];
  conversation.transcript.push(...more);
  conversation.lastSeq = 7;
  conversation.lastMessageAt = ago(0.6);
}

/** Enough for a list that is drawn as far as one sees it. */
function manyConversations(botId: string): Conversation[] {
  return Array.from({ length: 140 }, (_, index) => {
    const at = ago(60 * 24 * 3 + index * 95);
    const title = `Question ${index + 1}: is part ${1000 + index * 7} still made?`;
    const turnId = randomUUID();
    const said = { citations: [], answered: true, suggestions: [], rating: null, at };
    return {
      id: randomUUID(),
      botId,
      channel: 'widget',
      visitorId: randomUUID(),
      title,
      messageCount: 2,
      unansweredCount: 0,
      rating: null,
      pageUrl: 'https://www.acme.example/parts',
      locale: 'en',
      createdAt: at,
      lastMessageAt: at,
      lastSeq: 2,
      state: index % 3 === 0 ? 'bot' : 'closed',
      transcript: [
        { role: 'visitor', seq: 1, turnId, text: title, at },
        { role: 'assistant', seq: 2, turnId, text: 'Yes, it is.', status: 'completed', ...said },
      ],
    };
  });
}

function fillSettings(workspace: WorkspaceData, botId: string): void {
  workspace.handover.set(
    botId,
    HandoverSettings.parse({
      enabled: true,
      words: ['refund', 'complaint'],
      confidenceBelow: 0.35,
      hours: {
        timeZone: 'Europe/Lisbon',
        open: [1, 2, 3, 4, 5].flatMap((day) => [
          { day, from: '09:00', to: '12:30' },
          { day, from: '13:30', to: '18:00' },
        ]),
      },
    }),
  );
  workspace.engagement.set(
    botId,
    Engagement.parse({
      messageForm: {
        title: 'Leave us a message',
        fields: [
          { key: 'email', label: 'Your e-mail address', type: 'email', required: true },
          { key: 'message', label: 'What is it about?', type: 'textarea', required: true },
        ],
        consent: 'I agree that Acme answers me by e-mail.',
      },
      proactive: [{ id: 'pricing', text: 'Questions about our prices? Ask me.', path: '/pricing', afterSeconds: 20, returningOnly: true }],
      attachments: true,
    }),
  );
  workspace.leads = Array.from({ length: 4 }, (_, index) => ({
    id: randomUUID(),
    botId,
    conversationId: workspace.conversations[index]!.id,
    form: index % 2 === 0 ? 'message' : 'pre_chat',
    fields: { email: `person${index + 1}@example.com`, message: 'Please call me back about the 410. Thank you very much in advance!' },
    consent: index % 2 === 0 ? 'I agree that Acme answers me by e-mail.' : null,
    createdAt: ago(60 * 7 * (index + 1)),
  }));
  workspace.secrets = [{ id: randomUUID(), prefix: 'dis_4kQz', createdAt: ago(60 * 24 * 50), lastUsedAt: ago(12) }];
  workspace.failures = [
    { at: ago(33), reason: 'expired', origin: 'https://shop.acme.example' },
    { at: ago(60 * 26), reason: 'bad_signature', origin: 'https://www.acme.example' },
    { at: ago(60 * 27), reason: 'no_expiry', origin: null },
  ];
}
