/** Where secrets can stand in what is logged, for pino's `redact.paths`. */
export const redactedPaths: string[] = [
  'req.headers.authorization',
  'req.headers.cookie',
  'req.headers["x-api-key"]',
  'req.headers["x-goog-api-key"]',
  'req.headers["stripe-signature"]',
  'res.headers["set-cookie"]',
  ...[
    'authorization',
    'cookie',
    'password',
    'newPassword',
    'currentPassword',
    'apiKey',
    'secret',
    'token',
    'accessToken',
    'refreshToken',
    'visitorToken',
    'identity',
    'smtpUrl',
    'databaseUrl',
    'secretKey',
  ].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
];

export const redactedMark = '[redacted]';

/**
 * Takes what has the shape of a secret out of a text: keys of model providers and of this product, bearer and basic credentials, JSON web tokens,
 * passwords in addresses, and secrets in query parameters.
 */
export function redactSecrets(text: string): string {
  return shapes.reduce((redacted, [shape, replacement]) => redacted.replace(shape, replacement), text);
}

const shapes: [RegExp, string][] = [
  [/\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g, redactedMark],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${redactedMark}`],
  [/\b(?:sk|pk|rk|whsec|gsk|xai|docent|dk|dis|v1)[-_.][\w.*-]{8,}/g, redactedMark],
  [/\bAIza[\w-]{10,}/g, redactedMark],
  [/\b([a-z][a-z\d+.-]*:\/\/[^\s:/@]*):[^\s@/]+@/gi, `$1:${redactedMark}@`],
  [/([?&](?:key|api_?key|token|access_token|secret|password|signature)=)[^&\s"']+/gi, `$1${redactedMark}`],
];
