import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { routes, type Route } from '@docent/contracts';
import { adminOf, everythingOf } from './support/admin-database';
import { addSource, request, type As } from './support/api-client';
import { aCanaryWorkspace, canaryQuestion, type CanaryWorkspace } from './support/canary-workspace';
import { startApp, type StartedApp } from './support/start-app';

let app: StartedApp;
let admin: Client;
/** The workspace that is attacked, and its twin, whose people, programs and visitors attack. */
let a: CanaryWorkspace;
let b: CanaryWorkspace;
let before: Record<string, string[]>;
const everythingOfA = () => everythingOf(admin, a.workspaceId, [a.personId, a.memberPersonId]);

beforeAll(async () => {
  app = await startApp();
  admin = await adminOf(app);
  [a, b] = [await aCanaryWorkspace(app.url), await aCanaryWorkspace(app.url)];
  // What the product does by itself when knowledge has settled is no attack: once, or twice where the second source came late.
  const isDone = async () => {
    expect((await everythingOfA()).knowledge_models).toHaveLength(1);
    expect(await admin.query('SELECT FROM graphile_worker.jobs WHERE key = $1', [`settle ${a.ids.botId}`])).toMatchObject({ rowCount: 0 });
  };
  await vi.waitFor(isDone, { timeout: 60_000, interval: 200 });
  before = await everythingOfA();
});
afterAll(async () => {
  await admin?.end();
  await app?.close();
});

interface Attempt {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: Record<string, unknown>;
  /** The call names nothing that has to exist, so that it may succeed on the caller's own data. */
  own?: true;
  /** Another refusal than 401, 403 and 404 is right here. */
  refusal?: number;
  /** Only without a session: the call would end the session of the caller. */
  anonymousOnly?: true;
}

/** Fields that only the server may set; naming the victim in them must change nothing. */
const foreign = () => ({ tenantId: a.workspaceId, tenant_id: a.workspaceId, workspaceId: a.workspaceId, id: a.ids.botId, botId: a.ids.botId, visitorId: b.personId });

const bot = () => ({ params: { botId: a.ids.botId } });
const source = () => ({ params: { sourceId: a.ids.sourceId } });
const conversation = () => ({ params: { conversationId: a.ids.conversationId } });
/** A foreign turn in a foreign conversation, a foreign turn in an own one, and an own turn in a foreign one. */
const turns = (extra: Record<string, string> = {}): Attempt[] => [
  { params: { conversationId: a.ids.conversationId, turnId: a.ids.turnId, ...extra } },
  { params: { conversationId: b.ids.conversationId, turnId: a.ids.turnId, ...extra } },
  { params: { conversationId: a.ids.conversationId, turnId: b.ids.turnId, ...extra } },
];

/** What is tried on each route. A route that is missing here doesn't compile, and fails the test. */
const attempts: Record<keyof typeof routes, () => Attempt[]> = {
  signUp: () => [{ body: { email: a.email, password: 'another quiet lighthouse', name: 'Owner', workspaceName: 'Mine', ...foreign() }, refusal: 409 }],
  signIn: () => [{ body: { email: a.email, password: 'not the password at all', ...foreign() } }],
  refresh: () => [{ anonymousOnly: true }],
  signOut: () => [{ anonymousOnly: true, own: true }],
  me: () => [{ own: true }],
  changePassword: () => [{ body: { currentPassword: 'not the password at all', newPassword: 'another quiet lighthouse', personId: a.personId, ...foreign() } }],
  acceptInvitation: () => [{ body: { token: a.invitationToken, ...foreign() } }],
  createWorkspace: () => [{ own: true, body: { name: 'Mine', ownerId: a.personId, ...foreign() } }],
  renameWorkspace: () => [{ own: true, body: { name: 'Mine', ...foreign() } }],
  listMembers: () => [{ own: true }],
  inviteMember: () => [{ own: true, body: { email: 'new@example.com', role: 'viewer', ...foreign() } }],
  revokeInvitation: () => [{ params: { invitationId: a.ids.invitationId } }],
  changeMember: () => [{ params: { memberId: a.ids.memberId }, body: { role: 'owner', ...foreign() } }],
  removeMember: () => [{ params: { memberId: a.ids.memberId } }],
  listApiKeys: () => [{ own: true }],
  createApiKey: () => [{ own: true, body: { name: 'Mine', scopes: ['chat'], ...foreign() } }],
  revokeApiKey: () => [{ params: { keyId: a.ids.keyId } }],
  listBots: () => [{ own: true }],
  createBot: () => [{ own: true, body: { name: 'Mine', ...foreign() } }],
  getBot: () => [bot()],
  updateBot: () => [{ ...bot(), body: { name: 'Taken', ...foreign() } }, { params: { botId: b.ids.botId }, own: true, body: { instructions: 'Mine', ...foreign() } }],
  deleteBot: () => [bot()],
  // Which bots exist is public, and so are their name and looks; who visits them is not.
  createVisitorSession: () => [{ own: true, body: { ...foreign(), botId: b.ids.botId, token: a.visitorToken } }],
  createSource: () => [
    { ...bot(), body: { type: 'text', name: 'Planted', text: 'Planted' } },
    { ...bot(), body: { type: 'qa', question: 'Planted?', answer: 'Planted' } },
    { ...bot(), body: { type: 'url', url: 'https://planted.example/' } },
    { params: { botId: b.ids.botId }, own: true, body: { type: 'qa', question: 'Mine?', answer: 'Mine', snapshotId: a.ids.sourceId, fileKey: `sources/${a.ids.sourceId}`, ...foreign() } },
  ],
  listSources: () => [bot(), { params: { botId: b.ids.botId }, own: true, query: { cursor: a.ids.sourceId, search: 'Gate' } }],
  getSource: () => [source()],
  getSourceText: () => [source()],
  getSourceFile: () => [source(), { params: { sourceId: '../sources' } }],
  retrySource: () => [source()],
  reviewSource: () => [{ ...source(), body: { reviewed: true } }],
  deleteSource: () => [source()],
  search: () => [{ ...bot(), body: { query: 'harbour gate' } }, { params: { botId: b.ids.botId }, own: true, body: { query: 'password of the harbour gate', sourceId: a.ids.sourceId, ...foreign() } }],
  createConversation: () => [{ ...bot(), body: {} }],
  listConversations: (): Attempt[] => [{ own: true }, { own: true, query: { botId: a.ids.botId } }, { own: true, query: { cursor: a.ids.conversationId, search: 'gate' } }],
  getConversation: () => [conversation()],
  deleteConversation: () => [conversation()],
  sendMessage: () => [
    { ...conversation(), body: { clientMessageId: 'planted', text: canaryQuestion } },
    { ...conversation(), body: { clientMessageId: 'first', text: canaryQuestion } },
  ],
  stopTurn: () => turns(),
  rateTurn: () => turns().map((attempt) => ({ ...attempt, body: { rating: 'down' } })),
  inspectTurn: () => turns(),
  citedPassage: () => turns({ n: '1' }),
  followEvents: () => [conversation(), { ...conversation(), query: { after: '0' } }],
  requestPerson: () => [conversation()],
  cancelPerson: () => [conversation()],
  getHandoverSettings: () => [bot()],
  updateHandoverSettings: () => [{ ...bot(), body: { enabled: true, words: ['planted'], ...foreign() } }, { params: { botId: b.ids.botId }, own: true, body: { enabled: false, ...foreign() } }],
  listInbox: (): Attempt[] => [{ own: true }, { own: true, query: { botId: a.ids.botId, view: 'bot' } }, { own: true, query: { search: 'gate', tag: a.canary } }, { own: true, query: { search: a.canary, cursor: `2999-01-01T00:00:00.000Z_${a.ids.conversationId}` } }],
  countInbox: (): Attempt[] => [{ own: true }, { own: true, query: { botId: a.ids.botId } }],
  conversationDetails: () => [conversation()],
  takeConversation: () => [{ ...conversation(), body: { fence: 1, ...foreign() } }],
  releaseConversation: () => [{ ...conversation(), body: { to: 'queue' } }],
  closeConversation: () => [conversation()],
  reopenConversation: () => [conversation()],
  assignConversation: () => [
    { ...conversation(), body: { memberId: b.personId } },
    { ...conversation(), body: { memberId: null } },
    { params: { conversationId: b.ids.conversationId }, body: { memberId: a.ids.memberId } },
    { params: { conversationId: b.ids.conversationId }, body: { memberId: a.personId } },
  ],
  snoozeConversation: () => [{ ...conversation(), body: { until: '2999-01-01T00:00:00.000Z' } }],
  tagConversation: () => [{ ...conversation(), body: { tags: ['planted'] } }],
  setTopic: () => [{ ...conversation(), body: { topic: 'planted' } }, { ...conversation(), body: { topic: null } }],
  listTopics: (): Attempt[] => [{ own: true }, { own: true, query: { botId: a.ids.botId } }],
  deleteVisitor: () => [{ params: { visitorId: String(readToken(a.visitorToken).sub) } }, { params: { visitorId: String(readToken(a.visitorToken).sub) }, query: { conversations: 'delete' } }],
  reply: () => [{ ...conversation(), body: { clientMessageId: 'planted', text: 'Planted', fence: 1, ...foreign() } }],
  addNote: () => [{ ...conversation(), body: { text: 'Planted' } }],
  hereOnConversation: () => [{ ...conversation(), body: { readSeq: 1, typing: true } }],
  makeBrief: () => [conversation()],
  saveAnswer: () => [{ ...conversation(), body: { question: 'Planted?', answer: 'Planted' } }],
  listCannedReplies: () => [{ own: true }],
  createCannedReply: () => [{ own: true, body: { shortcut: `mine-${Math.random().toString(36).slice(2)}`, text: 'Mine', ...foreign() } }],
  updateCannedReply: () => [{ params: { cannedReplyId: a.ids.cannedReplyId }, body: { shortcut: 'planted', text: 'Planted', ...foreign() } }],
  deleteCannedReply: () => [{ params: { cannedReplyId: a.ids.cannedReplyId } }],
  createAttachment: () => [conversation()],
  getAttachment: () => [
    { params: { conversationId: a.ids.conversationId, attachmentId: a.ids.attachmentId } },
    { params: { conversationId: b.ids.conversationId, attachmentId: a.ids.attachmentId } },
    { params: { conversationId: a.ids.conversationId, attachmentId: b.ids.attachmentId } },
  ],
  hereAsVisitor: () => [{ ...conversation(), body: { readSeq: 1, typing: true } }, conversation()],
  rateConversation: () => [{ ...conversation(), body: { score: 1, comment: 'Planted' } }],
  mailTranscript: () => [{ ...conversation(), body: { email: 'planted@example.com' } }],
  listOwnConversations: (): Attempt[] => [{ own: true }, { own: true, query: { cursor: a.ids.conversationId } }],
  latestConversation: () => [{ own: true }],
  leaveLead: () => [bot(), { params: { botId: b.ids.botId } }].map((attempt) => ({ ...attempt, body: { form: 'pre_chat', conversationId: a.ids.conversationId, fields: { email: 'planted@example.com' }, ...foreign() } })),
  listLeads: () => [bot(), { params: { botId: b.ids.botId }, own: true, query: { cursor: a.ids.leadId } }],
  exportLeads: () => [bot()],
  getEngagement: () => [bot()],
  updateEngagement: () => [{ ...bot(), body: { attachments: false, ...foreign() } }],
  // Shown on every page that has the bot.
  proactiveRules: () => [{ ...bot(), own: true }],
  listIdentitySecrets: () => [bot()],
  createIdentitySecret: () => [bot()],
  deleteIdentitySecret: () => [
    { params: { botId: a.ids.botId, secretId: a.ids.identitySecretId } },
    { params: { botId: b.ids.botId, secretId: a.ids.identitySecretId } },
  ],
  nextEvents: () => [conversation(), { ...conversation(), query: { after: '0', waitSeconds: '0' } }],
  chatCompletions: () => [
    { body: { model: a.ids.botId, messages: [{ role: 'user', content: canaryQuestion }] } },
    { body: { model: a.ids.botId, stream: true, messages: [{ role: 'user', content: canaryQuestion }] } },
  ],
  listModels: () => [{ own: true }],
  getModel: () => [{ params: { model: a.ids.botId } }],
  getModelSettings: () => [{ own: true }],
  updateModelSettings: () => [{ own: true, body: { provider: 'none', ...foreign() } }],
  resetModelSettings: () => [{ own: true }],
  testModelSettings: () => [{ own: true, body: { provider: 'none', ...foreign() } }],
  usage: () => [{ own: true }],
  listPlans: () => [{ own: true }],
  meaningMap: () => [bot()],
  getLearning: () => [bot()],
  learnNow: () => [bot()],
  listGoldenQuestions: () => [bot()],
  createGoldenQuestion: () => [
    { ...bot(), body: { question: 'Planted?', sourceId: a.ids.sourceId } },
    { params: { botId: b.ids.botId }, body: { question: 'Planted?', sourceId: a.ids.sourceId } },
    { params: { botId: b.ids.botId }, own: true, body: { question: 'Mine?', sourceId: b.ids.sourceId, ...foreign() } },
  ],
  deleteGoldenQuestion: () => [{ params: { goldenQuestionId: a.ids.goldenQuestionId } }],
  overview: () => [{ own: true }, { own: true, query: { botId: a.ids.botId } }],
};

/** Everybody who is not a member of A, in every way that a request can name A. */
const strangers = (): Record<string, As> => ({
  'the owner of B': b.as,
  'the owner of B naming the workspace of A': { cookies: b.cookies, workspaceId: a.workspaceId },
  'the owner of A in the workspace of B': { cookies: a.cookies, workspaceId: b.workspaceId },
  'an API key of B': b.key,
  'an API key of B naming the workspace of A': { ...b.key, workspaceId: a.workspaceId },
  'a visitor of B': b.visitor,
  'a visitor of B naming the workspace of A': { ...b.visitor, workspaceId: a.workspaceId },
  nobody: {},
  'nobody naming the workspace of A': { workspaceId: a.workspaceId },
});

const seesWithoutWorkspace = (route: Route, who: string) => route.access.account && who.startsWith('the owner of A');

const everyRoute = Object.entries(routes) as [keyof typeof routes, Route][];

/** Tries everything on a route as every stranger. */
async function attack(name: keyof typeof routes, route: Route): Promise<void> {
  for (const attempt of attempts[name]()) {
    for (const [who, as] of Object.entries(strangers())) {
      if (attempt.anonymousOnly && as.cookies) continue;
      // Account routes know no workspace: there the owner of A is at home.
      if (seesWithoutWorkspace(route, who)) continue;
      const answer = await send(route, attempt, as);
      const told = `${who}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`;
      expect(JSON.stringify(answer.body) + JSON.stringify([...answer.headers]), told).not.toContain(a.canary);
      if (attempt.own && answer.status < 300) continue;
      expect([400, 401, 403, 404].filter((status) => status !== 400 || isNamedWrongly(as)).concat(attempt.refusal ?? []), told).toContain(answer.status);
    }
  }
}

describe.each(everyRoute)('%s', (name, route) => {
  it('gives strangers nothing', () => attack(name, route));

  it('is served', () => {
    const url = route.path.replace(/\{(\w+)\}/g, ':$1');
    expect(app.product.app.getHttpAdapter().getInstance().hasRoute({ method: route.method, url })).toBe(true);
  });
});

describe('with row level security switched off', () => {
  const switchPolicies = async (word: 'ENABLE' | 'DISABLE') => {
    for (const table of Object.keys(before).filter((name) => name !== 'people')) await admin.query(`ALTER TABLE ${table} ${word} ROW LEVEL SECURITY`);
  };
  beforeAll(() => switchPolicies('DISABLE'));
  afterAll(() => switchPolicies('ENABLE'));

  // Signing in knows no tenant, and too many wrong passwords are refused by then.
  it.each(everyRoute.filter(([, { path }]) => !path.startsWith('/v1/auth/')))('%s gives strangers nothing either: the application asks for its own tenant by itself', (name, route) => attack(name, route));
});

/** What a signed token says, unchecked. */
function readToken(token: string): { sub: string } {
  return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { sub: string };
}

/** A session without a workspace is told to name one. */
const isNamedWrongly = (as: As) => as.cookies !== undefined && as.workspaceId === undefined;

function send(route: Route, { params = {}, query = {}, body }: Attempt, as: As) {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? 'missing'));
  const search = new URLSearchParams(query).toString();
  const sent = route.method === 'GET' || route.method === 'DELETE' ? undefined : (body ?? {});
  return request(app.url, route.method, search ? `${path}?${search}` : path, sent, as);
}

describe('visitors of one bot', () => {
  it('do not reach each other', async () => {
    const visitorRoutes = (Object.entries(routes) as [keyof typeof routes, Route][]).filter(([, route]) => route.access.visitor);
    for (const [name, route] of visitorRoutes.filter(([name]) => name !== 'createConversation')) {
      for (const attempt of attempts[name]().filter(({ params }) => params?.conversationId !== b.ids.conversationId)) {
        const answer = await send(route, attempt, a.otherVisitor);
        if (!attempt.own) expect(answer.status, name).toBe(404);
        expect(JSON.stringify(answer.body), name).not.toContain(a.canary);
      }
    }
  });

  it('do not become another visitor with a token for another bot', async () => {
    const { body } = await request(app.url, 'POST', routes.createVisitorSession.path, { botId: b.ids.botId, token: a.visitorToken }, { origin: app.url });
    const { sub } = readToken(a.visitorToken);
    expect([sub, body.visitorId]).toEqual([expect.any(String), expect.any(String)]);
    expect(body.visitorId).not.toBe(sub);
  });
});

describe('the attacked workspace', () => {
  it('has every row as it was', async () => {
    for (const table of ['bots', 'sources', 'chunks', 'conversation_events', 'turns', 'api_keys', 'invitations', 'model_settings', 'people', 'notes', 'canned_replies', 'attachments', 'visitors', 'leads', 'identity_secrets', 'identity_failures', 'golden_questions']) expect(before[table], table).not.toHaveLength(0);
    expect(await everythingOfA()).toEqual(before);
  });

  it('still shows its own people what it hid from the others', async () => {
    const own: [string, As][] = [
      [`/v1/bots/${a.ids.botId}`, a.as],
      [`/v1/sources/${a.ids.sourceId}/text`, a.key],
      [`/v1/sources/${a.ids.sourceId}/file`, a.key],
      [`/v1/conversations/${a.ids.conversationId}`, a.visitor],
      [`/v1/conversations/${a.ids.conversationId}/turns/${a.ids.turnId}/citations/1`, a.visitor],
      [`/v1/conversations/${a.ids.conversationId}/turns/${a.ids.turnId}/inspection`, a.as],
      [`/v1/conversations/${a.ids.conversationId}/details`, a.as],
      [`/v1/inbox?search=${a.canary}`, a.as],
      ['/v1/canned-replies', a.as],
      [`/v1/bots/${a.ids.botId}/leads`, a.as],
      [`/v1/bots/${a.ids.botId}/golden-questions`, a.as],
      [`/v1/bots/${a.ids.botId}/leads.csv`, a.as],
      ['/v1/members', a.as],
      ['/v1/api-keys', a.as],
      ['/v1/settings/model', a.as],
    ];
    for (const [path, as] of own) {
      const { status, body } = await request(app.url, 'GET', path, undefined, as);
      expect(status, path).toBe(200);
      expect(JSON.stringify(body), path).toContain(a.canary);
    }
  });

  it('keeps its index apart: the same words find only the own passages', async () => {
    await addSource(app.url, b.ids.botId, { type: 'text', name: 'More', text: 'The harbour gate has a bell.' }, b.as);
    const { body } = await request(app.url, 'POST', `/v1/bots/${b.ids.botId}/search`, { query: 'harbour gate password', limit: 50 }, b.as);
    expect(JSON.stringify(body)).toContain(b.canary);
    expect(JSON.stringify(body)).not.toContain(a.canary);
  });
});

describe('the route table', () => {
  it('names every address under /v1 that the server answers', () => {
    const served = servedUnder('/v1', app.product.app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false }));
    const named = Object.values(routes).map((route: Route) => `${route.method} ${route.path.replace(/\{(\w+)\}/g, ':$1')}`);
    expect([...served].sort()).toEqual([...named].sort());
  });
});

/** Reads the printed tree: four characters of indentation a level, `(METHODS)` where an address ends. HEAD comes with every GET. */
function servedUnder(prefix: string, tree: string): Set<string> {
  const path: string[] = [];
  const served = new Set<string>();
  for (const line of tree.split('\n')) {
    const node = /^((?:[│ ] {3})*)[├└]── (\S*)(?: \(([A-Z, ]+)\))?/u.exec(line);
    if (!node) continue;
    path.splice(node[1]!.length / 4, Infinity, node[2]!);
    const address = path.join('');
    if (!node[3] || !address.startsWith(prefix)) continue;
    for (const method of node[3].split(', ')) if (method !== 'HEAD') served.add(`${method} ${address}`);
  }
  return served;
}
