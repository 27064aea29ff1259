import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertOwnOrigin, isOwnOrigin } from './request-origin';

const publicUrl = 'https://docent.example.com';

describe('isOwnOrigin', () => {
  it('accepts the public address and the host that the request was sent to', () => {
    expect(isOwnOrigin('https://docent.example.com', 'docent.example.com', publicUrl)).toBe(true);
    expect(isOwnOrigin('http://localhost:3000', 'localhost:3000', publicUrl)).toBe(true);
    expect(isOwnOrigin('http://127.0.0.1:3000', '127.0.0.1:3000', 'http://localhost:3000')).toBe(true);
    expect(isOwnOrigin('https://docent.example.com', 'internal:8080', publicUrl)).toBe(true);
  });

  it('does not accept the unencrypted twin of an encrypted address', () => {
    expect(isOwnOrigin('http://docent.example.com', 'docent.example.com', publicUrl)).toBe(false);
  });

  it('tells ports, hosts and names of this machine apart', () => {
    expect(isOwnOrigin('http://localhost:3001', 'localhost:3000', 'http://localhost:3000')).toBe(false);
    expect(isOwnOrigin('http://127.0.0.1:3000', 'localhost:3000', 'http://localhost:3000')).toBe(false);
  });

  it('refuses every look-alike', () => {
    fc.assert(
      fc.property(lookAlike('docent.example.com'), (origin) => {
        expect(isOwnOrigin(origin, 'docent.example.com', publicUrl)).toBe(false);
      }),
      { numRuns: 10_000 },
    );
  });
});

describe('assertOwnOrigin', () => {
  const host = 'docent.example.com';
  const refused = expect.objectContaining({ code: 'forbidden' });

  it('lets pass what comes from the own page, and programs that name no origin', () => {
    assertOwnOrigin({ host, origin: publicUrl, 'sec-fetch-site': 'same-origin' }, publicUrl);
    assertOwnOrigin({ host, 'sec-fetch-site': 'same-origin' }, publicUrl);
    assertOwnOrigin({ host, 'sec-fetch-site': 'none' }, publicUrl);
    assertOwnOrigin({ host }, publicUrl);
  });

  it.each([
    { host, origin: 'https://evil.example' },
    { host, origin: 'null' },
    { host, origin: '' },
    { host, 'sec-fetch-site': 'cross-site' },
    { host, 'sec-fetch-site': 'same-site' },
    { host, origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
  ])('refuses %o', (headers) => {
    expect(() => assertOwnOrigin(headers, publicUrl)).toThrow(refused);
  });
});

/** Origins that look like `https://<host>` to a reader or to a careless comparison. */
function lookAlike(host: string): fc.Arbitrary<string> {
  const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
  return fc.oneof(
    word.map((other) => `https://${host}.${other}`),
    word.map((other) => `https://${other}.${host}`),
    word.map((other) => `https://${other}${host}`),
    word.map((other) => `https://${host}@${other}.example`),
    word.map((other) => `https://${other}.example/${host}`),
    word.map((other) => `https://${other}.example#https://${host}`),
    fc
      .integer({ min: 1, max: 65_535 })
      .filter((port) => port !== 443)
      .map((port) => `https://${host}:${port}`),
    fc
      .constantFrom('http', 'ftp', 'file', 'wss', 'HTTPS', 'chrome-extension', 'javascript')
      .map((scheme) => `${scheme}://${host}`),
    fc.constantFrom(
      `https://${host}.`,
      `https://${host}/`,
      `https://${host}:443`,
      ` https://${host}`,
      `https://${host} `,
      `https://${host}\n`,
      `https://${host}\0`,
      `//${host}`,
      host,
      '',
      'null',
      `https://${host}%00.evil.example`,
      `https://${host}%2eevil.example`,
      `https:${host}`,
      `https:///${host}`,
      `https://${host}\\@evil.example`,
      `https://user@${host}`,
    ),
    fc
      .nat(host.length - 1)
      .filter((at) => /[a-z]/.test(host[at]!))
      .map((at) => `https://${host.slice(0, at)}${host[at]!.toUpperCase()}${host.slice(at + 1)}`),
    fc
      .constantFrom('а', 'е', 'о', 'с', 'ⅼ', 'ο')
      .chain((twin) => fc.nat(host.length - 1).map((at) => `https://${host.slice(0, at)}${twin}${host.slice(at + 1)}`)),
    fc.nat(host.length - 1).map((at) => `https://${host.slice(0, at)}${host.slice(at + 1)}`),
  );
}
