import { randomUUID } from 'node:crypto';
import { planIds, type Bot, type Conversation, type Overview, type Plan, type Source } from '@docent/contracts';
import { inboxHandlers, topicOf } from './inbox-handlers';
import { meaningHandlers } from './meaning-handlers';
import { peopleHandlers } from './people-handlers';
import { Refusal, type Context, type Handlers } from './respond';
import { find, page, removeFrom } from './lists';
import type { Script } from './script';
import { ago, cite, sentences, warrantyText } from './warranty';
import { aBot, aSource, type WorkspaceData } from './workspace-data';

/** What the scripted server answers, route by route. */
export function makeHandlers(script: Script): Handlers {
  return {
    ...accountHandlers(script),
    ...workspaceHandlers(script),
    ...botHandlers(script),
    ...knowledgeHandlers(script),
    ...chatHandlers(script),
    ...figureHandlers(script),
    ...inboxHandlers(script),
    ...peopleHandlers(script),
    ...meaningHandlers(script),
  };
}

const ok = { ok: true } as const;

function accountHandlers(script: Script): Handlers {
  const signedIn = (context: Context) => {
    context.response.setHeader('set-cookie', [
      'docent_access=yes; Path=/; HttpOnly; SameSite=Lax',
      'docent_refresh=yes; Path=/v1/auth; HttpOnly; SameSite=Lax',
    ]);
    return script.me();
  };
  return {
    signIn: ({ body }, context) => {
      if (body.password === 'wrong') throw new Refusal('invalid_credentials');
      return signedIn(context);
    },
    signUp: ({ body }, context) => {
      if (body.email.startsWith('taken@')) throw new Refusal('email_taken');
      script.startOver(body.name, body.email, body.workspaceName);
      return signedIn(context);
    },
    refresh: (_, context) => {
      if (!context.request.headers.cookie?.includes('docent_refresh=yes')) throw new Refusal('session_expired');
      return signedIn(context);
    },
    signOut: (_, context) => {
      context.response.setHeader('set-cookie', [
        'docent_access=; Path=/; Max-Age=0',
        'docent_refresh=; Path=/v1/auth; Max-Age=0',
      ]);
      return ok;
    },
    me: () => script.me(),
    changePassword: ({ body }) => {
      if (body.currentPassword === 'wrong') throw new Refusal('invalid_credentials');
      return ok;
    },
    acceptInvitation: () => script.me(),
    createWorkspace: ({ body }) => script.addWorkspace(body.name),
  };
}

function workspaceHandlers(script: Script): Handlers {
  const at = (context: Context) => script.workspace(context.workspaceId);
  return {
    renameWorkspace: ({ body }, context) => Object.assign(at(context), { name: body.name }),
    listMembers: (_, context) => ({ members: at(context).members, invitations: at(context).invitations }),
    inviteMember: ({ body }, context) => {
      const invitation = { id: randomUUID(), ...body, createdAt: ago(0), expiresAt: ago(-7 * 24 * 60) };
      at(context).invitations.push(invitation);
      return { ...invitation, link: `${script.address}/invite/${randomUUID()}` };
    },
    revokeInvitation: ({ params }, context) => (removeFrom(at(context).invitations, params.invitationId), ok),
    changeMember: ({ params, body }, context) => Object.assign(find(at(context).members, params.memberId), body),
    removeMember: ({ params }, context) => (removeFrom(at(context).members, params.memberId), ok),
    listApiKeys: (_, context) => ({ items: at(context).keys }),
    createApiKey: ({ body }, context) => {
      const key = { id: randomUUID(), prefix: 'dk_live_9aZ0', createdAt: ago(0), lastUsedAt: null, ...body };
      at(context).keys.unshift(key);
      return { ...key, secret: `dk_live_9aZ0${randomUUID().replaceAll('-', '')}` };
    },
    revokeApiKey: ({ params }, context) => (removeFrom(at(context).keys, params.keyId), ok),
    getModelSettings: (_, context) => at(context).model,
    updateModelSettings: ({ body }, context) => {
      const { apiKey, ...rest } = body;
      return (at(context).model = {
        from: 'workspace',
        ...rest,
        hasApiKey: apiKey === undefined ? at(context).model.hasApiKey : apiKey !== '',
      });
    },
    resetModelSettings: (_, context) =>
      (at(context).model = { from: 'installation', provider: 'none', model: '', baseUrl: '', hasApiKey: false }),
    testModelSettings: ({ body }) =>
      body.apiKey === 'bad'
        ? { ok: false, message: 'The provider refused the key (401).', firstTokenMs: null }
        : { ok: true, message: 'The model answered "ready".', firstTokenMs: 312 },
  };
}

function botHandlers(script: Script): Handlers {
  const at = (context: Context) => script.workspace(context.workspaceId);
  return {
    listBots: (_, context) => ({ items: at(context).bots }),
    getBot: ({ params }, context) => find(at(context).bots, params.botId),
    createBot: ({ body }, context) => {
      const bot: Bot = { ...aBot(body.name, body.widget.colour, []), ...body, createdAt: ago(0), updatedAt: ago(0) };
      at(context).bots.push(bot);
      return bot;
    },
    updateBot: ({ params, body }, context) => {
      const bot = find(at(context).bots, params.botId);
      return Object.assign(bot, body, { widget: { ...bot.widget, ...body.widget }, updatedAt: ago(0) });
    },
    deleteBot: ({ params }, context) => (removeFrom(at(context).bots, params.botId), ok),
  };
}

function knowledgeHandlers(script: Script): Handlers {
  const at = (context: Context) => script.workspace(context.workspaceId);
  return {
    listSources: ({ params, query }, context) => {
      const fits = (source: Source) =>
        source.botId === params.botId &&
        (!query.status || source.status === query.status) &&
        (!query.type || source.type === query.type) &&
        (!query.search || source.name.toLowerCase().includes(query.search.toLowerCase()));
      return page(at(context).sources.filter(fits), query);
    },
    createSource: ({ params, body }, context) => {
      const waiting = {
        status: 'queued',
        stage: 'queued',
        progress: 0,
        chunkCount: 0,
        pageCount: null,
        createdAt: ago(0),
        updatedAt: ago(0),
      } as const;
      const source = context.file
        ? aSource(params.botId, { ...waiting, name: context.file.name, sizeBytes: context.file.sizeBytes, mediaType: null })
        : aSource(params.botId, {
            ...waiting,
            type: body!.type,
            mediaType: null,
            sizeBytes: 0,
            name: body!.type === 'qa' ? body!.question : (body!.name ?? (body!.type === 'url' ? body!.url : '')),
          });
      at(context).sources.unshift(source);
      script.ingest(at(context), source);
      return source;
    },
    getSource: ({ params }, context) => find(at(context).sources, params.sourceId),
    getSourceText: ({ params }, context) => {
      const { id, name } = find(at(context).sources, params.sourceId);
      const second = warrantyText.indexOf('To make a claim');
      return {
        sourceId: id,
        title: name,
        text: warrantyText,
        hash: 'a'.repeat(64),
        pages: [
          { page: 1, start: 0, end: second },
          { page: 2, start: second, end: warrantyText.length },
        ],
      };
    },
    retrySource: ({ params }, context) => {
      const source = Object.assign(find(at(context).sources, params.sourceId), {
        status: 'queued',
        stage: 'queued',
        progress: 0,
        error: undefined,
      });
      script.ingest(at(context), source);
      return source;
    },
    deleteSource: ({ params }, context) => {
      const source = find(at(context).sources, params.sourceId);
      removeFrom(at(context).sources, source.id);
      return {
        sourceId: source.id,
        deletedAt: ago(0),
        removed: { chunks: source.chunkCount, snapshots: 1, files: source.type === 'file' ? 1 : 0 },
        remaining: { rows: 0, indexEntries: 0, files: 0 },
      };
    },
  };
}

function chatHandlers(script: Script): Handlers {
  const at = (context: Context) => script.workspace(context.workspaceId);
  return {
    listConversations: ({ query }, context) => {
      const fits = (conversation: Conversation) =>
        (!query.botId || conversation.botId === query.botId) &&
        (!query.channel || conversation.channel === query.channel) &&
        (!query.rating || conversation.rating === query.rating) &&
        (!query.unanswered || conversation.unansweredCount > 0) &&
        (!query.search || conversation.title.toLowerCase().includes(query.search.toLowerCase()));
      const listed = at(context).conversations.filter(fits);
      return page(listed.map((conversation) => ({ ...conversation, topic: topicOf(conversation) })), query);
    },
    getConversation: ({ params }, context) => find(at(context).conversations, params.conversationId),
    deleteConversation: ({ params }, context) => (removeFrom(at(context).conversations, params.conversationId), ok),
    createConversation: ({ params }, context) => script.beginConversation(at(context), params.botId),
    sendMessage: ({ params, body }, context) =>
      script.answer(at(context), find(at(context).conversations, params.conversationId), body.text),
    stopTurn: ({ params }) => (script.stop(params.turnId), ok),
    rateTurn: () => ok,
    followEvents: ({ params, query }, context) => script.follow(params.conversationId, query.after ?? 0, context.response),
    citedPassage: ({ params }, context) => {
      const citation = find(at(context).conversations, params.conversationId)
        .transcript.flatMap((entry) => (entry.role === 'assistant' ? entry.citations : []))
        .find(({ n }) => n === params.n);
      if (!citation) throw new Refusal('not_found');
      return {
        citation,
        before: warrantyText.slice(Math.max(0, citation.start - 200), citation.start),
        quote: citation.quote,
        after: warrantyText.slice(citation.end, citation.end + 220),
      };
    },
    inspectTurn: ({ params }, context) => {
      const source = at(context).sources.find(({ name }) => name.startsWith('Warranty')) ?? at(context).sources[0];
      if (!source)
        return {
          turnId: params.turnId,
          question: 'q',
          query: 'q',
          model: 'none',
          passages: [],
          timings: { retrievalMs: 0.8, firstTokenMs: null, totalMs: 2 },
        };
      const passage = (score: number, words: string, cited: boolean) => ({
        ...cite(1, source.id, words),
        title: source.name,
        headings: ['Warranty and returns'],
        page: 1,
        text: warrantyText.slice(warrantyText.indexOf(words), warrantyText.indexOf(words) + 320),
        score,
        cited,
      });
      const passages = [
        passage(0.94, sentences[0], true),
        passage(0.71, sentences[1], true),
        passage(0.22, 'Unused products can be returned', false),
      ];
      return {
        turnId: params.turnId,
        question: 'How long is the warranty?',
        query: 'warranty duration',
        model: 'none',
        passages,
        timings: { retrievalMs: 1.4, firstTokenMs: 6.2, totalMs: 840 },
      };
    },
  };
}

function figureHandlers(script: Script): Handlers {
  const at = (context: Context) => script.workspace(context.workspaceId);
  return {
    overview: ({ query }, context) => overviewOf(at(context), query.days),
    usage: (_, context) => {
      const { bots, sources, members } = at(context);
      const plan = plans[1]!;
      return {
        plan,
        periodStart: ago(60 * 24 * 20),
        periodEnd: ago(-60 * 24 * 10),
        messages: { settled: bots.length > 0 ? 1734 : 0, reserved: bots.length > 0 ? 2 : 0, limit: plan.messagesPerMonth },
        sources: { used: sources.length, limit: plan.sources },
        storageBytes: { used: sources.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0), limit: plan.storageBytes },
        bots: { used: bots.length, limit: plan.bots },
        seats: { used: members.length, limit: plan.seats },
      };
    },
    listPlans: () => ({ items: plans }),
  };
}

const plans: Plan[] = planIds.map((id, step) => {
  const limit = (value: number) => (id === 'self_hosted' ? null : value * 10 ** step);
  const names = ['Free', 'Starter', 'Pro', 'Scale', 'Self-hosted'];
  return {
    id,
    name: names[step]!,
    messagesPerMonth: limit(200),
    requestsPerMinute: limit(20),
    sources: limit(20),
    storageBytes: limit(50_000_000),
    bots: step === 1 ? 2 : limit(1),
    seats: limit(2),
    attachmentBytes: 10_000_000,
    branding: step === 0,
  };
});

function overviewOf(workspace: WorkspaceData, days: number): Overview {
  const isEmpty = workspace.conversations.length === 0;
  const list = Array.from({ length: days }, (_, index) => {
    const date = ago((days - 1 - index) * 24 * 60).slice(0, 10);
    const wave = isEmpty ? 0 : Math.round(26 + 14 * Math.sin(index / 2.1) + (index % 7 > 4 ? -18 : 0));
    return { date, conversations: Math.round(wave / 2), answered: wave, unanswered: Math.round(wave / 7) };
  });
  const sum = (key: 'conversations' | 'answered' | 'unanswered') => list.reduce((total, day) => total + day[key], 0);
  return {
    days: list,
    totals: {
      conversations: sum('conversations'),
      answered: sum('answered'),
      unanswered: sum('unanswered'),
      failed: isEmpty ? 0 : 3,
      ratedUp: isEmpty ? 0 : 128,
      ratedDown: isEmpty ? 0 : 17,
    },
    topQuestions: isEmpty
      ? []
      : workspace.conversations
          .slice(0, 5)
          .map(({ title, unansweredCount }, index) => ({
            question: title,
            count: 41 - index * 7,
            answered: unansweredCount === 0,
          })),
    unansweredQuestions: workspace.conversations
      .filter(({ unansweredCount }) => unansweredCount > 0)
      .map(({ title }, index) => ({ question: title, count: 9 - index * 4 })),
  };
}
