import { Injectable } from '@nestjs/common';
import { SignJWT } from 'jose';
import { Strategy } from 'passport-jwt';
import { z } from 'zod';
import { Id } from '@docent/contracts';
import { InstallationKey } from '@docent/platform';
import { accessSeconds } from './session-cookies';

const issuer = 'docent';
const audience = 'console';

const Claims = z.object({ sub: Id, sid: Id });

export interface AccessClaims {
  personId: string;
  sessionId: string;
}

/** Signed proof of a session for 15 minutes (JWT, HS256 and nothing else). Whether the session still lives is asked elsewhere. */
@Injectable()
export class AccessTokens {
  private readonly key: Buffer;
  private readonly strategy: Strategy;

  constructor(installationKey: InstallationKey) {
    this.key = installationKey.derive('access token');
    this.strategy = new Strategy(
      {
        jwtFromRequest: (request: unknown) => (request as TokenRequest).token,
        secretOrKey: this.key,
        algorithms: ['HS256'],
        issuer,
        audience,
      },
      (claims: unknown, done: (error: unknown, user?: object | false) => void) => done(null, toClaims(claims) ?? false),
    );
  }

  issue({ personId, sessionId }: AccessClaims): Promise<string> {
    return new SignJWT({ sid: sessionId })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(personId)
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(`${accessSeconds}s`)
      .sign(this.key);
  }

  /**
   * Null for a token that is forged, expired or meant for something else. Runs the strategy as passport does, on a copy with
   * its three answers, because the way in is chosen per request and sockets have no Express request to decorate.
   */
  verify(token: string): Promise<AccessClaims | null> {
    return new Promise((resolve, reject) => {
      const attempt = Object.assign(Object.create(this.strategy) as PassportAttempt, {
        success: (claims: AccessClaims) => resolve(claims),
        fail: () => resolve(null),
        error: reject,
      });
      attempt.authenticate({ token });
    });
  }
}

interface TokenRequest {
  token: string;
}

interface PassportAttempt {
  authenticate(request: TokenRequest): void;
}

function toClaims(claims: unknown): AccessClaims | null {
  const parsed = Claims.safeParse(claims);
  return parsed.success ? { personId: parsed.data.sub, sessionId: parsed.data.sid } : null;
}
