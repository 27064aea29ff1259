import { z } from 'zod';
import { Id } from './common';
import { route } from './route';

export const Overview = z.object({
  days: z.array(z.object({ date: z.iso.date(), conversations: z.number().int(), answered: z.number().int(), unanswered: z.number().int() })),
  totals: z.object({ conversations: z.number().int(), answered: z.number().int(), unanswered: z.number().int(), failed: z.number().int(), ratedUp: z.number().int(), ratedDown: z.number().int() }),
  topQuestions: z.array(z.object({ question: z.string(), count: z.number().int(), answered: z.boolean() })),
  unansweredQuestions: z.array(z.object({ question: z.string(), count: z.number().int() })),
});
export type Overview = z.infer<typeof Overview>;

export const insightRoutes = {
  overview: route({ method: 'GET', path: '/v1/overview', tag: 'Overview', summary: 'Conversations, answers and questions of the last days', access: { session: 'viewer' }, query: z.object({ days: z.coerce.number().int().min(1).max(90).default(30), botId: Id.optional() }), status: 200, response: Overview }),
} as const;
