import { decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from 'jose';
import { z } from 'zod';
import { storableText, type IdentityFailure } from '@docent/contracts';

const mostDays = 7;
const daySeconds = 24 * 3600;
/** Clocks of two servers differ a little. */
const clockToleranceSeconds = 60;
const mostFields = 20;

export type RefusalReason = IdentityFailure['reason'];

/** Whom the customer's server has signed for. */
export interface SignedIdentity {
  /** The customer's own id of the person. */
  externalId: string;
  name: string | null;
  email: string | null;
  /** Other claims that are texts. */
  fields: Record<string, string>;
}

export interface SigningSecret {
  id: string;
  secret: string;
}

export type ReadIdentity = { identity: SignedIdentity; secretId: string } | { refused: RefusalReason };

/**
 * Reads a JWT (RFC 7519) that one of the bot's live secrets has signed with HS256; the token has no say in the algorithm. `sub` and
 * `exp` are required, `exp` at most 7 days ahead, so that a token that leaks is of no use for long. Never throws for a wrong token.
 */
export async function readIdentity(token: string, secrets: SigningSecret[], now = new Date()): Promise<ReadIdentity> {
  if (secrets.length === 0) return { refused: 'no_secret' };
  const algorithm = algorithmOf(token);
  if (algorithm !== 'HS256') return { refused: algorithm === null ? 'malformed' : 'wrong_algorithm' };
  for (const { id, secret } of secrets) {
    const payload = await verify(token, secret, now);
    if (payload === 'bad_signature') continue;
    if (typeof payload === 'string') return { refused: payload };
    const identity = toIdentity(payload, now);
    return typeof identity === 'string' ? { refused: identity } : { identity, secretId: id };
  }
  return { refused: 'bad_signature' };
}

function algorithmOf(token: string): string | null {
  try {
    return decodeProtectedHeader(token).alg ?? null;
  } catch {
    return null;
  }
}

async function verify(token: string, secret: string, now: Date): Promise<JWTPayload | RefusalReason> {
  try {
    const key = new TextEncoder().encode(secret);
    return (await jwtVerify(token, key, { algorithms: ['HS256'], clockTolerance: clockToleranceSeconds, currentDate: now }))
      .payload;
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) return 'bad_signature';
    if (error instanceof errors.JWTExpired) return 'expired';
    return error instanceof errors.JWTClaimValidationFailed && error.claim === 'exp' ? 'no_expiry' : 'malformed';
  }
}

// A number is what many user tables have for an id.
const Subject = z.union([storableText(200, 1), z.number().int().transform(String)]);
const Name = storableText(200, 1);
const Email = z.email().max(254);
const FieldValue = storableText(500, 1);
const FieldName = z.string().regex(/^[A-Za-z][\w.-]{0,39}$/);
const notFields = new Set(['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'name', 'email']);

function toIdentity(payload: JWTPayload, now: Date): SignedIdentity | RefusalReason {
  if (payload.exp === undefined) return 'no_expiry';
  if (payload.exp > now.getTime() / 1000 + mostDays * daySeconds + clockToleranceSeconds) return 'expiry_too_far';
  const subject = Subject.safeParse(payload.sub);
  if (!subject.success) return 'no_subject';
  return {
    externalId: subject.data,
    name: orNull(Name, payload.name),
    email: orNull(Email, payload.email),
    fields: fieldsOf(payload),
  };
}

/** What does not fit is left out: a strange name is no reason to turn a customer away. */
function orNull(schema: z.ZodType<string>, value: unknown): string | null {
  return schema.safeParse(value).data ?? null;
}

function fieldsOf(payload: JWTPayload): Record<string, string> {
  const given = Object.entries(payload).filter(([name]) => !notFields.has(name) && FieldName.safeParse(name).success);
  const fitting = given.flatMap(([name, value]): [string, string][] => {
    const parsed = FieldValue.safeParse(value);
    return parsed.success ? [[name, parsed.data]] : [];
  });
  return Object.fromEntries(fitting.slice(0, mostFields));
}
