import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config';

function problemsOf(environment: Record<string, string>): string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('readConfig', () => {
  it('needs nothing', () => {
    expect(readConfig({})).toMatchObject({ port: 3000, host: '127.0.0.1', publicUrl: 'http://localhost:3000', demo: true, defaultPlan: 'self_hosted' });
  });

  it.each([
    ['PORT', 'http'],
    ['PUBLIC_URL', 'docent.example.com'],
    ['PUBLIC_URL', 'https://docent.example.com/chat'],
    ['PUBLIC_URL', 'https://docent.example.com/?a=b'],
    ['PUBLIC_URL', 'https://me:secret@docent.example.com'],
    ['HOST', '999.1.1.1'],
    ['HOST', 'not a host'],
    ['DATABASE_URL', 'mysql://localhost/docent'],
    ['REDIS_URL', 'localhost:6379'],
    ['REDIS_URL', 'redis://localhost/first'],
    ['DEMO', 'perhaps'],
    ['SECRET_KEY', 'short'],
    ['MODEL_PROVIDER', 'abacus'],
    ['LOG_LEVEL', 'loud'],
    ['MAX_UPLOAD_MB', '0'],
    ['SMTP_URL', 'mail.example.com:587'],
    ['MAIL_FROM', 'Docent'],
  ])('names a wrong %s and what was expected, not its value', (name, value) => {
    const [problem] = problemsOf({ [name]: value });
    expect(problem).toMatch(new RegExp(`^${name}: expected .+`));
    if (name === 'SECRET_KEY') expect(problem).not.toContain(value);
  });

  it('names every wrong variable at once', () => {
    expect(problemsOf({ PORT: 'x', LOG_LEVEL: 'x' })).toHaveLength(2);
  });

  it('asks for the name of the model when a provider is set', () => {
    expect(problemsOf({ MODEL_PROVIDER: 'openai' })).toEqual([expect.stringContaining('MODEL_NAME')]);
  });

  it('takes an empty variable for an absent one', () => {
    expect(readConfig({ PORT: '', PUBLIC_URL: ' ' }).port).toBe(3000);
  });

  it.each([
    ['::1', 'http://localhost:3000'],
    ['fd00::1', 'http://[fd00::1]:3000'],
    ['docent.local', 'http://docent.local:3000'],
  ])('makes a web address of the host %s', (HOST, publicUrl) => {
    expect(readConfig({ HOST }).publicUrl).toBe(publicUrl);
  });

  it('says what a number may be', () => {
    expect(problemsOf({ MAX_UPLOAD_MB: '100000' })).toEqual(['MAX_UPLOAD_MB: expected a number of megabytes from 1 to 2000']);
  });

  it('makes no demo in a database that was given', () => {
    expect(readConfig({ DATABASE_URL: 'postgresql://localhost/docent', DEMO: 'true' }).demo).toBe(false);
  });
});
