import { attachmentRoutes } from './attachments';
import { authRoutes } from './auth';
import { billingRoutes } from './billing';
import { botRoutes } from './bots';
import { chatRoutes } from './chat';
import { handoverRoutes } from './handover';
import { inboxRoutes } from './inbox';
import { insightRoutes } from './insights';
import { knowledgeRoutes } from './knowledge';
import { learningRoutes } from './learning';
import { meaningMapRoutes } from './meaning-map';
import { openAiRoutes } from './openai';
import type { Route } from './route';
import { settingsRoutes } from './settings';
import { visitorRoutes } from './visitors';

/** Every route of the product by name: the server, the console's client, the API description and the attack tests read this table. */
export const routes = {
  ...authRoutes,
  ...botRoutes,
  ...knowledgeRoutes,
  ...chatRoutes,
  ...attachmentRoutes,
  ...handoverRoutes,
  ...inboxRoutes,
  ...visitorRoutes,
  ...openAiRoutes,
  ...settingsRoutes,
  ...billingRoutes,
  ...insightRoutes,
  ...meaningMapRoutes,
  ...learningRoutes,
} as const satisfies Record<string, Route>;
