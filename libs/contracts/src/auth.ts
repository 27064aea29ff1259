import { z } from 'zod';
import { Id, Name, Ok, Timestamp } from './common';
import { Role, Scope } from './roles';
import { route } from './route';

export const Email = z.email().max(254).transform((email) => email.toLowerCase());
/** NIST 800-63B-4: length counts, composition rules do not. */
export const NewPassword = z.string().min(12, 'use at least 12 characters').max(256);

export const Person = z.object({ id: Id, email: z.string(), name: z.string() });
export type Person = z.infer<typeof Person>;
export const Workspace = z.object({ id: Id, name: z.string(), role: Role });
export type Workspace = z.infer<typeof Workspace>;
export const Me = z.object({ person: Person, workspaces: z.array(Workspace) });
export type Me = z.infer<typeof Me>;

export const SignUp = z.object({ email: Email, password: NewPassword, name: Name, workspaceName: Name });
export const SignIn = z.object({ email: Email, password: z.string().max(256) });

export const Member = z.object({ id: Id, personId: Id, email: z.string(), name: z.string(), role: Role, joinedAt: Timestamp });
export type Member = z.infer<typeof Member>;
export const Invitation = z.object({ id: Id, email: z.string(), role: Role, expiresAt: Timestamp, createdAt: Timestamp });
export type Invitation = z.infer<typeof Invitation>;
/** The link is shown to the inviter once, so that invitations work without a mail server. */
export const NewInvitation = Invitation.extend({ link: z.string() });

export const ApiKey = z.object({
  id: Id,
  name: z.string(),
  /** The first characters, enough to recognise it. */
  prefix: z.string(),
  scopes: z.array(Scope),
  createdAt: Timestamp,
  lastUsedAt: Timestamp.nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;
/** `secret` is returned here and never again. */
export const NewApiKey = ApiKey.extend({ secret: z.string() });

export const authRoutes = {
  signUp: route({ method: 'POST', path: '/v1/auth/sign-up', tag: 'Account', summary: 'Create an account with its first workspace', access: { public: true }, body: SignUp, status: 201, response: Me, errors: ['email_taken'] }),
  signIn: route({ method: 'POST', path: '/v1/auth/sign-in', tag: 'Account', summary: 'Sign in; sets the session cookies', access: { public: true }, body: SignIn, status: 200, response: Me, errors: ['invalid_credentials'] }),
  refresh: route({ method: 'POST', path: '/v1/auth/refresh', tag: 'Account', summary: 'Rotate the refresh cookie and set a new access cookie', access: { public: true }, status: 200, response: Me, errors: ['session_expired'] }),
  signOut: route({ method: 'POST', path: '/v1/auth/sign-out', tag: 'Account', summary: 'End this session', access: { public: true }, status: 200, response: Ok }),
  me: route({ method: 'GET', path: '/v1/auth/me', tag: 'Account', summary: 'The signed-in person and their workspaces', access: { account: true }, status: 200, response: Me }),
  changePassword: route({ method: 'POST', path: '/v1/auth/password', tag: 'Account', summary: 'Change the password; every other session ends', access: { account: true }, body: z.object({ currentPassword: z.string().max(256), newPassword: NewPassword }), status: 200, response: Ok, errors: ['invalid_credentials'] }),
  acceptInvitation: route({ method: 'POST', path: '/v1/auth/accept-invitation', tag: 'Account', summary: 'Join a workspace with an invitation', access: { account: true }, body: z.object({ token: z.string().max(200) }), status: 200, response: Me }),
  createWorkspace: route({ method: 'POST', path: '/v1/workspaces', tag: 'Workspace', summary: 'Create another workspace', access: { account: true }, body: z.object({ name: Name }), status: 201, response: Workspace }),
  renameWorkspace: route({ method: 'PATCH', path: '/v1/workspace', tag: 'Workspace', summary: 'Rename the workspace', access: { session: 'admin' }, body: z.object({ name: Name }), status: 200, response: Workspace }),
  listMembers: route({ method: 'GET', path: '/v1/members', tag: 'Workspace', summary: 'Members and open invitations', access: { session: 'viewer' }, status: 200, response: z.object({ members: z.array(Member), invitations: z.array(Invitation) }) }),
  inviteMember: route({ method: 'POST', path: '/v1/invitations', tag: 'Workspace', summary: 'Invite a person by e-mail', access: { session: 'admin' }, body: z.object({ email: Email, role: Role }), status: 201, response: NewInvitation, errors: ['limit_reached', 'conflict'] }),
  revokeInvitation: route({ method: 'DELETE', path: '/v1/invitations/{invitationId}', tag: 'Workspace', summary: 'Withdraw an invitation', access: { session: 'admin' }, params: z.object({ invitationId: Id }), status: 200, response: Ok }),
  changeMember: route({ method: 'PATCH', path: '/v1/members/{memberId}', tag: 'Workspace', summary: 'Change the role of a member', access: { session: 'admin' }, params: z.object({ memberId: Id }), body: z.object({ role: Role }), status: 200, response: Member, errors: ['conflict'] }),
  removeMember: route({ method: 'DELETE', path: '/v1/members/{memberId}', tag: 'Workspace', summary: 'Remove a member; their open sockets fall silent', access: { session: 'admin' }, params: z.object({ memberId: Id }), status: 200, response: Ok, errors: ['conflict'] }),
  listApiKeys: route({ method: 'GET', path: '/v1/api-keys', tag: 'API keys', summary: 'API keys, without their secrets', access: { session: 'admin' }, status: 200, response: z.object({ items: z.array(ApiKey) }) }),
  createApiKey: route({ method: 'POST', path: '/v1/api-keys', tag: 'API keys', summary: 'Create an API key; its secret is shown once', access: { session: 'admin' }, body: z.object({ name: Name, scopes: z.array(Scope).min(1) }), status: 201, response: NewApiKey }),
  revokeApiKey: route({ method: 'DELETE', path: '/v1/api-keys/{keyId}', tag: 'API keys', summary: 'Revoke an API key at once', access: { session: 'admin' }, params: z.object({ keyId: Id }), status: 200, response: Ok }),
} as const;
