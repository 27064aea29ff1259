import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Id } from '@docent/contracts';
import { InstallationKey } from '@docent/platform';
import { hashToken } from './api-key-secret';

/** A refresh token taken apart. */
export interface RefreshToken {
  sessionId: string;
  /** What the session's row knows of it. */
  hash: Buffer<ArrayBuffer>;
}

/**
 * Refresh tokens: session, 256 random bits and a seal over both. The seal tells a token that was issued once and replaced
 * since, which somebody must have copied, from one that was made up. Without it a thief who rotates twice would be safe,
 * because the row remembers one predecessor only.
 */
@Injectable()
export class RefreshTokens {
  private readonly key: Buffer;

  constructor(installationKey: InstallationKey) {
    this.key = installationKey.derive('refresh token');
  }

  newSecret(): string {
    return randomBytes(32).toString('base64url');
  }

  hashOf(secret: string): Buffer<ArrayBuffer> {
    return hashToken(secret);
  }

  seal(sessionId: string, secret: string): string {
    return `${sessionId}.${secret}.${this.sealOf(sessionId, secret).toString('base64url')}`;
  }

  /** Null for what this installation has not issued. */
  open(token: string): RefreshToken | null {
    const [sessionId = '', secret = '', seal = '', ...more] = token.split('.');
    const expected = this.sealOf(sessionId, secret);
    const given = Buffer.from(seal, 'base64url');
    if (
      more.length > 0 ||
      !Id.safeParse(sessionId).success ||
      given.length !== expected.length ||
      !timingSafeEqual(given, expected)
    )
      return null;
    return { sessionId, hash: hashToken(secret) };
  }

  private sealOf(sessionId: string, secret: string): Buffer {
    return createHmac('sha256', this.key).update(`${sessionId}.${secret}`).digest();
  }
}
