import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { z } from 'zod';
import { Channel, Rating, type Me } from '@docent/contracts';
import { meQuery } from '../api/account';
import { needsSignIn } from '../api/api-error';
import { InboxSearch } from '../features/inbox/inbox-search';
import { lastWorkspace } from './last-workspace';

interface RouterContext {
  queryClient: QueryClient;
}

const root = createRootRouteWithContext<RouterContext>()({ component: Outlet });

/** Only addresses of this console: an absolute one would send people who just signed in somewhere else. */
const OwnAddress = z
  .string()
  .regex(/^\/(?![/\\])/)
  .optional()
  .catch(undefined);

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async ({ context, location }) => {
    const me = await whoIsSignedIn(context.queryClient, location.href);
    const workspaceId = me.workspaces.find(({ id }) => id === lastWorkspace.get())?.id ?? me.workspaces[0]?.id;
    if (!workspaceId) throw redirect({ to: '/new-workspace' });
    throw redirect({ to: '/w/$workspaceId', params: { workspaceId } });
  },
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: z.object({ redirect: OwnAddress, ended: z.boolean().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('../features/account/sign-in-page'), 'SignInPage'),
});
const signUp = createRoute({
  getParentRoute: () => root,
  path: '/sign-up',
  validateSearch: z.object({ redirect: OwnAddress }),
  component: lazyRouteComponent(() => import('../features/account/sign-up-page'), 'SignUpPage'),
});
const invite = createRoute({
  getParentRoute: () => root,
  path: '/invite/$token',
  component: lazyRouteComponent(() => import('../features/account/invite-page'), 'InvitePage'),
});
const newWorkspace = createRoute({
  getParentRoute: () => root,
  path: '/new-workspace',
  beforeLoad: ({ context, location }) => whoIsSignedIn(context.queryClient, location.href).then(() => undefined),
  component: lazyRouteComponent(() => import('../features/account/new-workspace-page'), 'NewWorkspacePage'),
});

const workspace = createRoute({
  getParentRoute: () => root,
  path: '/w/$workspaceId',
  beforeLoad: ({ context, location }) => whoIsSignedIn(context.queryClient, location.href).then(() => undefined),
  component: lazyRouteComponent(() => import('./workspace-layout'), 'WorkspaceLayout'),
});

const toOverview = createRoute({
  getParentRoute: () => workspace,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/w/$workspaceId/overview', params });
  },
});
const overview = createRoute({
  getParentRoute: () => workspace,
  path: '/overview',
  validateSearch: z.object({
    days: z
      .union([z.literal(7), z.literal(30), z.literal(90)])
      .optional()
      .catch(undefined),
    botId: z.string().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./overview-with-setup'), 'OverviewWithSetup'),
});
const setup = createRoute({
  getParentRoute: () => workspace,
  path: '/setup',
  validateSearch: z.object({ botId: z.string().optional().catch(undefined), step: z.number().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./setup-page'), 'SetupPage'),
});

const bots = createRoute({
  getParentRoute: () => workspace,
  path: '/bots',
  component: lazyRouteComponent(() => import('../features/bots/bots-page'), 'BotsPage'),
});
const bot = createRoute({
  getParentRoute: () => workspace,
  path: '/bots/$botId',
  component: lazyRouteComponent(() => import('../features/bots/bot-layout'), 'BotLayout'),
});
const toKnowledge = createRoute({
  getParentRoute: () => bot,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/w/$workspaceId/bots/$botId/knowledge', params });
  },
});
const knowledge = createRoute({
  getParentRoute: () => bot,
  path: '/knowledge',
  component: lazyRouteComponent(() => import('../features/knowledge/knowledge-page'), 'KnowledgePage'),
});
const sourceText = createRoute({
  getParentRoute: () => bot,
  path: '/knowledge/$sourceId',
  validateSearch: z.object({
    start: z.number().int().optional().catch(undefined),
    end: z.number().int().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../features/knowledge/source-text-page'), 'SourceTextPage'),
});
const map = createRoute({
  getParentRoute: () => bot,
  path: '/map',
  component: lazyRouteComponent(() => import('../features/knowledge/map/map-page'), 'MapPage'),
});
const learning = createRoute({
  getParentRoute: () => bot,
  path: '/learning',
  component: lazyRouteComponent(() => import('../features/learning/learning-page'), 'LearningPage'),
});
const playground = createRoute({
  getParentRoute: () => bot,
  path: '/playground',
  validateSearch: z.object({
    look: z.literal('search').optional().catch(undefined),
    question: z.string().max(2000).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../features/playground/playground-page'), 'PlaygroundPage'),
});
const widget = createRoute({
  getParentRoute: () => bot,
  path: '/widget',
  component: lazyRouteComponent(() => import('../features/widget/widget-page'), 'WidgetPage'),
});
const people = createRoute({
  getParentRoute: () => bot,
  path: '/people',
  component: lazyRouteComponent(() => import('../features/people/people-page'), 'PeoplePage'),
});
const visitors = createRoute({
  getParentRoute: () => bot,
  path: '/visitors',
  component: lazyRouteComponent(() => import('../features/visitors/visitors-page'), 'VisitorsPage'),
});
const identity = createRoute({
  getParentRoute: () => bot,
  path: '/identity',
  component: lazyRouteComponent(() => import('../features/identity/identity-page'), 'IdentityPage'),
});
const leads = createRoute({
  getParentRoute: () => bot,
  path: '/leads',
  component: lazyRouteComponent(() => import('../features/leads/leads-page'), 'LeadsPage'),
});
const botSettings = createRoute({
  getParentRoute: () => bot,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/bots/bot-settings-page'), 'BotSettingsPage'),
});

const conversations = createRoute({
  getParentRoute: () => workspace,
  path: '/conversations',
  validateSearch: z.object({
    botId: z.string().optional().catch(undefined),
    channel: Channel.optional().catch(undefined),
    rating: Rating.optional().catch(undefined),
    unanswered: z.boolean().optional().catch(undefined),
    topic: z.string().max(80).optional().catch(undefined),
    search: z.string().max(200).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../features/conversations/conversations-page'), 'ConversationsPage'),
});
const noConversation = createRoute({
  getParentRoute: () => conversations,
  path: '/',
  component: lazyRouteComponent(() => import('../features/conversations/no-conversation'), 'NoConversation'),
});
const conversation = createRoute({
  getParentRoute: () => conversations,
  path: '/$conversationId',
  component: lazyRouteComponent(() => import('../features/conversations/conversation-view'), 'ConversationView'),
});

const inbox = createRoute({
  getParentRoute: () => workspace,
  path: '/inbox',
  validateSearch: InboxSearch,
  component: lazyRouteComponent(() => import('../features/inbox/inbox-page'), 'InboxPage'),
});
const noInboxConversation = createRoute({
  getParentRoute: () => inbox,
  path: '/',
  component: lazyRouteComponent(() => import('../features/inbox/no-conversation'), 'NoConversation'),
});
const inboxConversation = createRoute({
  getParentRoute: () => inbox,
  path: '/$conversationId',
  component: lazyRouteComponent(() => import('../features/inbox/conversation-page'), 'ConversationPage'),
});
const preparedReplies = createRoute({
  getParentRoute: () => workspace,
  path: '/prepared-replies',
  component: lazyRouteComponent(() => import('../features/prepared-replies/prepared-replies-page'), 'PreparedRepliesPage'),
});

const apiKeys = createRoute({
  getParentRoute: () => workspace,
  path: '/api-keys',
  component: lazyRouteComponent(() => import('../features/api-keys/api-keys-page'), 'ApiKeysPage'),
});
const members = createRoute({
  getParentRoute: () => workspace,
  path: '/members',
  component: lazyRouteComponent(() => import('../features/members/members-page'), 'MembersPage'),
});
const usage = createRoute({
  getParentRoute: () => workspace,
  path: '/usage',
  component: lazyRouteComponent(() => import('../features/usage/usage-page'), 'UsagePage'),
});
const settings = createRoute({
  getParentRoute: () => workspace,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/settings/settings-page'), 'SettingsPage'),
});

/** Every address of the console. Pages are loaded when they are first visited. */
export const routeTree = root.addChildren([
  home,
  signIn,
  signUp,
  invite,
  newWorkspace,
  workspace.addChildren([
    toOverview,
    overview,
    setup,
    bots,
    bot.addChildren([toKnowledge, knowledge, sourceText, map, playground, learning, widget, people, visitors, identity, leads, botSettings]),
    inbox.addChildren([noInboxConversation, inboxConversation]),
    conversations.addChildren([noConversation, conversation]),
    preparedReplies,
    apiKeys,
    members,
    usage,
    settings,
  ]),
]);

/** The signed-in person, or off to sign in and back here. */
async function whoIsSignedIn(queryClient: QueryClient, href: string): Promise<Me> {
  try {
    return await queryClient.ensureQueryData(meQuery);
  } catch (error) {
    if (needsSignIn(error)) throw redirect({ to: '/sign-in', search: href === '/' ? {} : { redirect: href } });
    throw error;
  }
}
