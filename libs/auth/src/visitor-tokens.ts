import { Injectable } from '@nestjs/common';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { Id, Origin } from '@docent/contracts';
import { AppError, InstallationKey } from '@docent/platform';

const issuer = 'docent';
const audience = 'visitor';
const lifetimeSeconds = 3600;
/** How long after its end a token still says who the visitor was. */
const rememberedSeconds = 30 * 24 * 3600;

const Claims = z.object({ sub: Id, tenant: Id, bot: Id, origin: Origin });

/** What a visitor token says: this visitor, with this bot, on pages of this origin. */
export interface VisitorIdentity {
  tenantId: string;
  botId: string;
  visitorId: string;
  origin: string;
}

/** Signed visitor tokens (JWT, HS256 and nothing else), valid for one hour. */
@Injectable()
export class VisitorTokens {
  private readonly key: Buffer;

  constructor(installationKey: InstallationKey) {
    this.key = installationKey.derive('visitor token');
  }

  async issue(visitor: VisitorIdentity): Promise<{ token: string; expiresAt: Date }> {
    const issuedAt = Math.floor(Date.now() / 1000);
    const token = await new SignJWT({ tenant: visitor.tenantId, bot: visitor.botId, origin: visitor.origin })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(visitor.visitorId)
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + lifetimeSeconds)
      .sign(this.key);
    return { token, expiresAt: new Date((issuedAt + lifetimeSeconds) * 1000) };
  }

  /** Throws `token_expired` for one that was good, and `unauthenticated` for anything else. */
  async verify(token: string): Promise<VisitorIdentity> {
    try {
      return await this.read(token, 0);
    } catch (error) {
      throw new AppError(error instanceof errors.JWTExpired ? 'token_expired' : 'unauthenticated', undefined, { cause: error });
    }
  }

  /** Who the visitor was, from a token that may have ended up to 30 days ago; null for anything else. */
  async recognise(token: string): Promise<VisitorIdentity | null> {
    return this.read(token, rememberedSeconds).catch(() => null);
  }

  private async read(token: string, toleranceSeconds: number): Promise<VisitorIdentity> {
    const { payload } = await jwtVerify(token, this.key, {
      algorithms: ['HS256'],
      issuer,
      audience,
      requiredClaims: ['exp', 'sub'],
      clockTolerance: toleranceSeconds,
    });
    const claims = Claims.parse(payload);
    return { tenantId: claims.tenant, botId: claims.bot, visitorId: claims.sub, origin: claims.origin };
  }
}
