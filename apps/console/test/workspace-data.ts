import { randomUUID } from 'node:crypto';
import {
  WidgetSettings,
  type ApiKey,
  type Bot,
  type CannedReply,
  type Conversation,
  type Engagement,
  type GoldenQuestion,
  type HandoverSettings,
  type IdentityFailure,
  type IdentitySecret,
  type Invitation,
  type Lead,
  type Member,
  type ModelSettings,
  type Person,
  type Role,
  type Source,
} from '@docent/contracts';
import { fillInbox, type Desk } from './inbox-data';
import { someGoldenQuestions } from './meaning-data';
import { ago, cite, sentences } from './warranty';

/** All that one workspace holds. */
export interface WorkspaceData {
  id: string;
  name: string;
  role: Role;
  /** Every answer of this workspace fails. */
  isFailing: boolean;
  bots: Bot[];
  sources: Source[];
  conversations: Conversation[];
  keys: ApiKey[];
  members: Member[];
  invitations: Invitation[];
  model: ModelSettings;
  /** What members know of a conversation beside its transcript, by its id. */
  desks: Map<string, Desk>;
  cannedReplies: CannedReply[];
  /** By bot. */
  handover: Map<string, HandoverSettings>;
  engagement: Map<string, Engagement>;
  leads: Lead[];
  secrets: IdentitySecret[];
  failures: IdentityFailure[];
  goldenQuestions: GoldenQuestion[];
}

/** An empty workspace. */
export function emptyWorkspace(name: string, person: Person, role: Role = 'owner'): WorkspaceData {
  return {
    id: randomUUID(),
    name,
    role,
    isFailing: false,
    bots: [],
    sources: [],
    conversations: [],
    keys: [],
    members: [
      { id: randomUUID(), personId: person.id, email: person.email, name: person.name, role, joinedAt: ago(60 * 24 * 40) },
    ],
    invitations: [],
    model: { from: 'installation', provider: 'none', model: '', baseUrl: '', hasApiKey: false },
    desks: new Map(),
    cannedReplies: [],
    handover: new Map(),
    engagement: new Map(),
    leads: [],
    secrets: [],
    failures: [],
    goldenQuestions: [],
  };
}

/** A workspace in the middle of its working life. */
export function fullWorkspace(name: string, person: Person, role: Role = 'owner'): WorkspaceData {
  const workspace = emptyWorkspace(name, person, role);
  const help = aBot(
    'Acme Help',
    '#3b5bdb',
    ['https://www.acme.example', 'https://shop.acme.example'],
    'Hello! Ask me about products, orders and returns.',
    ['How long is the warranty?', 'Can I return a product?'],
  );
  const intern = aBot('Field service handbook', '#0b7285', [], '', []);
  workspace.bots = [help, intern];
  workspace.sources = someSources(help.id);
  workspace.conversations = someConversations(help.id, workspace.sources[0]!.id);
  workspace.keys = [
    {
      id: randomUUID(),
      name: 'Website backend',
      prefix: 'dk_live_8fK2',
      scopes: ['chat', 'bots:read'],
      createdAt: ago(60 * 24 * 21),
      lastUsedAt: ago(4),
    },
    {
      id: randomUUID(),
      name: 'Nightly import',
      prefix: 'dk_live_Qm1x',
      scopes: ['knowledge:read', 'knowledge:write'],
      createdAt: ago(60 * 24 * 90),
      lastUsedAt: null,
    },
  ];
  workspace.members.push(
    {
      id: randomUUID(),
      personId: randomUUID(),
      email: 'bo@acme.example',
      name: 'Bo Andersson',
      role: 'admin',
      joinedAt: ago(60 * 24 * 30),
    },
    {
      id: randomUUID(),
      personId: randomUUID(),
      email: 'chiamaka@acme.example',
      name: 'Chiamaka Obi',
      role: 'agent',
      joinedAt: ago(60 * 24 * 12),
    },
  );
  workspace.invitations = [
    { id: randomUUID(), email: 'dana@acme.example', role: 'viewer', createdAt: ago(300), expiresAt: ago(-60 * 24 * 6) },
  ];
  fillInbox(workspace);
  workspace.goldenQuestions = someGoldenQuestions(help.id, workspace.sources[0]!);
  return workspace;
}

export function aBot(
  name: string,
  colour: string,
  allowedOrigins: string[],
  greeting = '',
  suggestedQuestions: string[] = [],
): Bot {
  const widget = WidgetSettings.parse({ colour, greeting, suggestedQuestions });
  return {
    id: randomUUID(),
    name,
    instructions: '',
    limitMessage: '',
    widget,
    allowedOrigins,
    learning: true,
    createdAt: ago(60 * 24 * 35),
    updatedAt: ago(60 * 5),
  };
}

export function aSource(botId: string, part: Partial<Source> & Pick<Source, 'name'>): Source {
  return {
    id: randomUUID(),
    botId,
    type: 'file',
    status: 'ready',
    stage: 'ready',
    progress: 100,
    mediaType: 'application/pdf',
    url: null,
    sizeBytes: 248_000,
    pageCount: 12,
    chunkCount: 41,
    characterCount: 31_400,
    language: 'en',
    createdAt: ago(60 * 26),
    updatedAt: ago(60 * 25),
    ...part,
  };
}

function someSources(botId: string): Source[] {
  return [
    aSource(botId, { name: 'Warranty and returns.pdf' }),
    aSource(botId, {
      name: 'Owner’s manual, series 400 (2026 edition).docx',
      mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      status: 'processing',
      stage: 'indexing',
      progress: 72,
      sizeBytes: 4_210_000,
      pageCount: null,
      createdAt: ago(2),
    }),
    aSource(botId, {
      name: 'Price list (protected).pdf',
      status: 'failed',
      stage: 'failed',
      progress: 20,
      chunkCount: 0,
      error: {
        code: 'file_encrypted',
        message: 'The file is protected with a password. Save it without the password and upload it again.',
      },
      createdAt: ago(9),
    }),
    aSource(botId, {
      name: 'Delivery times',
      type: 'url',
      mediaType: 'text/html',
      url: 'https://www.acme.example/delivery',
      pageCount: null,
      sizeBytes: 18_400,
      chunkCount: 6,
    }),
    aSource(botId, {
      name: 'Do you ship to Switzerland?',
      type: 'qa',
      mediaType: null,
      pageCount: null,
      sizeBytes: 320,
      chunkCount: 1,
    }),
    aSource(botId, {
      name: 'Opening hours',
      type: 'text',
      mediaType: 'text/plain',
      pageCount: null,
      sizeBytes: 900,
      chunkCount: 2,
    }),
    aSource(botId, {
      name: 'dealers.csv',
      mediaType: 'text/csv',
      pageCount: null,
      status: 'queued',
      stage: 'queued',
      progress: 0,
      chunkCount: 0,
      createdAt: ago(1),
    }),
  ];
}

function someConversations(botId: string, sourceId: string): Conversation[] {
  const questions: [string, boolean, 'up' | 'down' | null, Conversation['channel'], number][] = [
    ['How long is the warranty?', true, 'up', 'widget', 3],
    ['Do you have a shop in Lisbon?', false, null, 'widget', 14],
    [
      'Can I return a product that I have opened, and who pays for the postage when I live outside of the European Union?',
      true,
      null,
      'widget',
      47,
    ],
    ['Which filter fits the 410?', false, 'down', 'api', 60 * 3],
    ['Wie lange habe ich Garantie?', true, null, 'openai', 60 * 22],
    ['Does the warranty cover batteries?', true, 'up', 'playground', 60 * 30],
  ];
  return questions.map(([title, answered, rating, channel, minutes]) => {
    const turnId = randomUUID();
    const at = ago(minutes);
    const citations = answered ? [cite(1, sourceId, sentences[0]), cite(2, sourceId, sentences[1])] : [];
    const text = answered
      ? `${sentences[0]} [1] ${sentences[1]} [2]`
      : 'I could not find an answer to this in the documents that I know. I can tell you about **warranty**, **returns** and **delivery times**.';
    return {
      id: randomUUID(),
      botId,
      channel,
      visitorId: channel === 'widget' ? randomUUID() : null,
      title: title.slice(0, 140),
      messageCount: 2,
      unansweredCount: answered ? 0 : 1,
      rating,
      pageUrl: channel === 'widget' ? 'https://www.acme.example/products/410' : null,
      locale: 'en',
      createdAt: at,
      lastMessageAt: at,
      lastSeq: 4,
      state: 'bot',
      transcript: [
        { role: 'visitor', seq: 1, turnId, text: title, at },
        { role: 'assistant', seq: 2, turnId, text, status: 'completed', citations, answered, suggestions: [], rating, at },
      ],
    };
  });
}
