import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { redactedMark, redactedPaths, redactSecrets } from './redact';

it.each([
  ['Incorrect API key provided: sk-proj-abcDEF1234567890.', 'abcDEF'],
  ['Incorrect API key provided: sk-abc12*************7890.', '7890'],
  ['authorization: Bearer abc.def-ghi123456', 'ghi123'],
  ['token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl was refused', 'eyJzdWIi'],
  ['connect to postgres://docent:hunter2secret@db.internal/docent failed', 'hunter2'],
  ['GET https://api.example/v1?key=AIzaSyA1234567890abcd&alt=sse', 'AIzaSy'],
  ['GET https://api.example/v1?api_key=plain1234&alt=sse', 'plain1234'],
  ['sealed v1.AbCdEf12.AAAAAAAAAAAAAAAA.QUFB.AAAAAAAAAAAAAAAAAAAAAA', 'AAAA'],
])('takes the secret out of: %s', (text, secret) => {
  expect(redactSecrets(text)).not.toContain(secret);
  expect(redactSecrets(text)).toContain(redactedMark);
});

it.each([
  'The model does not exist.',
  'See https://example.com/v1/docs?page=2',
  'risk-free skeleton v1.2.3',
  'Status 401 from 10 requests',
])('leaves plain words alone: %s', (text) => {
  expect(redactSecrets(text)).toBe(text);
});

it('gives pino paths that it takes and that hide headers and fields', () => {
  const lines: string[] = [];
  const sink = new Writable({ write: (chunk, _encoding, done) => (lines.push(String(chunk)), done()) });
  const log = pino({ redact: { paths: redactedPaths, censor: redactedMark } }, sink);
  log.info(
    {
      req: { headers: { authorization: 'canary-1', cookie: 'canary-2', 'x-api-key': 'canary-3' } },
      apiKey: 'canary-4',
      settings: { apiKey: 'canary-5', model: 'gpt' },
      body: { user: { password: 'canary-6' } },
    },
    'hello',
  );
  expect(lines.join('')).toContain('gpt');
  expect(lines.join('')).not.toContain('canary');
});
