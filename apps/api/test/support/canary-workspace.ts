import { randomUUID } from 'node:crypto';
import { routes, scopes } from '@docent/contracts';
import { aBot, addSource, anApiKey, answerEnds, aWorkspace, readEvents, request, type As, type Workspace } from './api-client';

/** A workspace with something of everything, each holding the same unique word. */
export interface CanaryWorkspace extends Workspace {
  canary: string;
  key: As;
  visitor: As;
  visitorToken: string;
  /** A second visitor of the same bot, who has said nothing. */
  otherVisitor: As;
  memberPersonId: string;
  ids: Record<'botId' | 'sourceId' | 'qaSourceId' | 'conversationId' | 'turnId' | 'keyId' | 'memberId' | 'invitationId' | 'cannedReplyId' | 'attachmentId' | 'leadId' | 'identitySecretId' | 'goldenQuestionId', string>;
  invitationToken: string;
}

export const canaryQuestion = 'What is the password of the harbour gate?';

/** Twins differ in the canary only, so that whatever is mixed up between two of them shows. */
export async function aCanaryWorkspace(url: string): Promise<CanaryWorkspace> {
  const canary = `canary${randomUUID().replaceAll('-', '')}`;
  const owner = await aWorkspace(url);
  await expectOk(request(url, 'PATCH', routes.renameWorkspace.path, { name: `Harbour ${canary}` }, owner.as));
  // The bot's name is public; what only its owner may see is marked.
  const botId = await aBot(url, owner.as, { instructions: `Be kind. ${canary}`, limitMessage: `Full. ${canary}`, allowedOrigins: [`https://${canary}.example`] });
  const text = await addSource(url, botId, { type: 'text', name: `Gate ${canary}`, text: `# The gate\n\nThe harbour gate opens with ${canary}. It closes at nine.` }, owner.as);
  const qa = await addSource(url, botId, { type: 'qa', question: canaryQuestion, answer: `The password of the harbour gate is ${canary}.` }, owner.as);
  const { member, invitation } = await addPeople(url, owner, canary);
  const created = await expectOk(request(url, 'POST', routes.createApiKey.path, { name: canary, scopes: [...scopes] }, owner.as));
  const [visitorToken, otherToken] = [await openVisit(url, botId), await openVisit(url, botId)];
  const { conversationId, turnId } = await converse(url, botId, { visitor: visitorToken });
  const cannedReply = await expectOk(request(url, 'POST', routes.createCannedReply.path, { shortcut: 'gate', text: canary }, owner.as));
  await expectOk(request(url, 'POST', `/v1/conversations/${conversationId}/notes`, { text: `Knows ${canary}` }, owner.as));
  await expectOk(request(url, 'PUT', `/v1/conversations/${conversationId}/tags`, { tags: [canary] }, owner.as));
  const golden = await expectOk(request(url, 'POST', `/v1/bots/${botId}/golden-questions`, { question: `How does one get in? ${canary}`, sourceId: text.id, quote: canary }, owner.as));
  const left = await leaveThings(url, botId, conversationId, owner, { visitor: visitorToken }, canary);
  await expectOk(request(url, 'PUT', routes.updateModelSettings.path, { provider: 'openai', model: canary, baseUrl: `https://${canary}.example/v1`, apiKey: `sk-${canary}` }, owner.as));
  return {
    ...owner,
    canary,
    key: { key: await anApiKey(url, owner.as) },
    visitor: { visitor: visitorToken },
    visitorToken,
    otherVisitor: { visitor: otherToken },
    memberPersonId: member.personId,
    invitationToken: invitation.token,
    ids: { botId, sourceId: String(text.id), qaSourceId: String(qa.id), conversationId, turnId, keyId: String(created.id), memberId: member.id, invitationId: invitation.id, goldenQuestionId: String(golden.id), cannedReplyId: String(cannedReply.id), ...left },
  };
}

/** What a visitor leaves: a file, a filled form, a name; and how identities are signed. */
async function leaveThings(url: string, botId: string, conversationId: string, owner: Workspace, visitor: As, canary: string) {
  const fields = [{ key: 'email', label: 'E-mail', type: 'email' }];
  await expectOk(request(url, 'PUT', `/v1/bots/${botId}/engagement`, { preChatForm: { fields }, attachments: true, satisfaction: true, mailTranscript: true }, owner.as));
  const form = new FormData();
  form.set('file', new Blob(['%PDF-1.4\n']), `${canary}.pdf`);
  const attachment = await expectOk(request(url, 'POST', `/v1/conversations/${conversationId}/attachments`, form, visitor));
  const lead = await expectOk(request(url, 'POST', `/v1/bots/${botId}/leads`, { form: 'pre_chat', conversationId, fields: { email: `${canary}@example.com` } }, visitor));
  const secret = await expectOk(request(url, 'POST', `/v1/bots/${botId}/identity-secrets`, undefined, owner.as));
  await expectOk(request(url, 'POST', routes.createVisitorSession.path, { botId, identity: 'not signed' }, { origin: url }));
  return { attachmentId: String(attachment.id), leadId: String(lead.id), identitySecretId: String(secret.id) };
}

async function addPeople(url: string, owner: Workspace, canary: string) {
  const colleague = await aWorkspace(url);
  const first = await expectOk(request(url, 'POST', routes.inviteMember.path, { email: colleague.email, role: 'agent' }, owner.as));
  await expectOk(request(url, 'POST', routes.acceptInvitation.path, { token: tokenOf(first) }, { cookies: colleague.cookies }));
  const open = await expectOk(request(url, 'POST', routes.inviteMember.path, { email: `${canary}@example.com`, role: 'viewer' }, owner.as));
  const { members } = await expectOk(request(url, 'GET', routes.listMembers.path, undefined, owner.as));
  const member = (members as { id: string; personId: string }[]).find(({ personId }) => personId === colleague.personId)!;
  return { member, invitation: { id: String(open.id), token: tokenOf(open) } };
}

const tokenOf = (invitation: Record<string, unknown>) => String(invitation.link).split('/').at(-1)!;

async function openVisit(url: string, botId: string): Promise<string> {
  return String((await expectOk(request(url, 'POST', routes.createVisitorSession.path, { botId }, { origin: url }))).token);
}

async function converse(url: string, botId: string, as: As) {
  const conversationId = String((await expectOk(request(url, 'POST', `/v1/bots/${botId}/conversations`, {}, as))).id);
  const turn = await expectOk(request(url, 'POST', `/v1/conversations/${conversationId}/messages`, { clientMessageId: 'first', text: canaryQuestion }, as));
  await readEvents(url, conversationId, as, answerEnds);
  return { conversationId, turnId: String(turn.turnId) };
}

async function expectOk(answer: ReturnType<typeof request>): Promise<Record<string, unknown>> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
  return body;
}
