import { authRoutes } from './auth';
import { billingRoutes } from './billing';
import { botRoutes } from './bots';
import { chatRoutes } from './chat';
import { insightRoutes } from './insights';
import { knowledgeRoutes } from './knowledge';
import { openAiRoutes } from './openai';
import type { Route } from './route';
import { settingsRoutes } from './settings';

/** Every route of the product by name: the server, the console's client, the API description and the attack tests read this table. */
export const routes = {
  ...authRoutes,
  ...botRoutes,
  ...knowledgeRoutes,
  ...chatRoutes,
  ...openAiRoutes,
  ...settingsRoutes,
  ...billingRoutes,
  ...insightRoutes,
} as const satisfies Record<string, Route>;
