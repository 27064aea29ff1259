import { createHash, randomBytes, randomInt } from 'node:crypto';

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export interface ApiKeySecret {
  /** `dk_`, 8 characters to recognise it by, `_`, and 256 random bits. */
  secret: string;
  /** What may be shown afterwards. */
  prefix: string;
}

/** A new key. The fixed beginning lets scanners find keys that were published by mistake. */
export function newApiKeySecret(): ApiKeySecret {
  const id = Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('');
  return { secret: `dk_${id}_${randomBytes(32).toString('base64url')}`, prefix: `dk_${id}` };
}

/** Whether a token has the form of an API key. */
export function isApiKey(token: string): boolean {
  return token.startsWith('dk_');
}

/**
 * What is stored of a random token of 256 bits. A slow hash would protect nothing: there is nothing to guess. The look-up by
 * hash takes no time that depends on how much of a wrong token is right.
 */
export function hashToken(token: string): Buffer<ArrayBuffer> {
  return createHash('sha256').update(token).digest();
}
