import { HandoverSettings, routes, type ConversationEvent, type EventPayload } from '@docent/contracts';
import { aWorkspace, request, type As, type Workspace } from './api-client';

type Settings = Partial<HandoverSettings>;

/** Lets people take over from a bot; what is not given stays as the product has it. */
export async function withPeople(url: string, botId: string, as: As, settings: Settings = {}): Promise<void> {
  const answer = await request(url, 'PUT', `/v1/bots/${botId}/handover-settings`, { ...HandoverSettings.parse({}), enabled: true, ...settings }, as);
  if (answer.status !== 200) throw new Error(`the settings answered ${answer.status}: ${JSON.stringify(answer.body)}`);
}

/** Another member of the workspace, signed in, and their id as an author. */
export async function aColleague(url: string, owner: Workspace, role = 'agent'): Promise<{ as: As; personId: string; email: string; password: string; memberId: string }> {
  const { cookies, email, personId, password } = await aWorkspace(url);
  const invited = await request(url, 'POST', routes.inviteMember.path, { email, role }, owner.as);
  await request(url, 'POST', routes.acceptInvitation.path, { token: String(invited.body.link).split('/').at(-1) }, { cookies });
  const { body } = await request(url, 'GET', routes.listMembers.path, undefined, owner.as);
  const member = (body.members as { id: string; personId: string }[]).find((each) => each.personId === personId)!;
  return { as: { cookies, workspaceId: owner.workspaceId }, personId, email, password, memberId: member.id };
}

/** A visitor's token on the product's own page, and a conversation of theirs. */
export async function aVisitor(url: string, botId: string): Promise<{ as: As; conversationId: string }> {
  const session = await request(url, 'POST', routes.createVisitorSession.path, { botId }, { origin: url });
  const as: As = { visitor: session.body.token as string, origin: url };
  const { body } = await request(url, 'POST', `/v1/bots/${botId}/conversations`, {}, as);
  return { as, conversationId: body.id as string };
}

let written = 0;

/** A message of the visitor, with a name of its own. */
export function write(url: string, conversationId: string, as: As, text: string) {
  return request(url, 'POST', `/v1/conversations/${conversationId}/messages`, { clientMessageId: `message-${(written += 1)}`, text }, as);
}

/** One step on a conversation, such as `take` or `release`. */
export function step(url: string, conversationId: string, name: string, as: As, body: unknown = {}) {
  return request(url, 'POST', `/v1/conversations/${conversationId}/${name}`, body, as);
}

export function reply(url: string, conversationId: string, as: As, fence: number, text = 'Hello, I am here.', clientMessageId = `reply-${(written += 1)}`) {
  return step(url, conversationId, 'replies', as, { clientMessageId, text, fence });
}

/** The whole log as it stands, by long polling that waits for nothing. */
export async function logOf(url: string, conversationId: string, as: As): Promise<ConversationEvent[]> {
  const events: ConversationEvent[] = [];
  for (;;) {
    const { body } = await request(url, 'GET', `/v1/conversations/${conversationId}/events/next?after=${events.length}&waitSeconds=0`, undefined, as);
    const page = body.events as ConversationEvent[];
    if (page.length === 0) return events;
    events.push(...page);
  }
}

export const isHandover = (state: string, reason?: string) => (event: ConversationEvent) => event.type === 'handover' && event.data.state === state && (reason === undefined || event.data.reason === reason);

export function handoversOf(events: ConversationEvent[]): EventPayload<'handover'>[] {
  return events.flatMap((event) => (event.type === 'handover' ? [event.data] : []));
}
