import { randomUUID } from 'node:crypto';
import { Engagement, HandoverSettings } from '@docent/contracts';
import { page, removeFrom } from './lists';
import { Refusal, type Context, type Handlers } from './respond';
import type { Script } from './script';
import { ago } from './warranty';

/** Settings about people and visitors, by bot. */
export function peopleHandlers(script: Script): Handlers {
  const at = (context: Context) => script.workspace(context.workspaceId);
  return {
    getHandoverSettings: ({ params }, context) => at(context).handover.get(params.botId) ?? HandoverSettings.parse({}),
    updateHandoverSettings: ({ params, body }, context) => (at(context).handover.set(params.botId, body), body),
    getEngagement: ({ params }, context) => ({ ...(at(context).engagement.get(params.botId) ?? Engagement.parse({})), canMail: true }),
    updateEngagement: ({ params, body }, context) => (at(context).engagement.set(params.botId, body), body),
    listLeads: ({ params, query }, context) => page(at(context).leads.filter(({ botId }) => botId === params.botId), query),
    exportLeads: (_, { response }) =>
      void response.writeHead(200, { 'content-type': 'text/csv; charset=utf-8' }).end('email,message\nperson1@example.com,Hello\n'),
    listIdentitySecrets: (_, context) => ({ items: at(context).secrets, failures: at(context).failures }),
    createIdentitySecret: (_, context) => {
      const { secrets } = at(context);
      if (secrets.length >= 2) throw new Refusal('conflict');
      const secret = { id: randomUUID(), prefix: 'dis_9TfA', createdAt: ago(0), lastUsedAt: null };
      secrets.push(secret);
      return { ...secret, secret: `dis_9TfA${randomUUID().replaceAll('-', '')}` };
    },
    deleteIdentitySecret: ({ params }, context) => (removeFrom(at(context).secrets, params.secretId), { ok: true }),
  };
}
