import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig, type EmbedderConfig } from './config';

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

  it.each<[Record<string, string>, Partial<EmbedderConfig>]>([
    [{}, { kind: 'built_in' }],
    [{ EMBEDDER: 'none' }, { kind: 'none' }],
    [{ EMBEDDER_FOLDER: '/models/small' }, { kind: 'onnx', folder: '/models/small', dimensions: undefined }],
    [{ EMBEDDER: 'ollama', EMBEDDER_MODEL: 'nomic' }, { kind: 'ollama', model: 'nomic', baseUrl: 'http://localhost:11434' }],
    [{ EMBEDDER_BASE_URL: 'http://models:8080/v1/', EMBEDDER_MODEL: 'm', EMBEDDER_DIMENSIONS: '64' }, { kind: 'openai', baseUrl: 'http://models:8080/v1', dimensions: 64 }],
    [{ EMBEDDER: 'openai', EMBEDDER_MODEL: 'm', EMBEDDER_QUESTION_PREFIX: 'query: ' }, { baseUrl: 'https://api.openai.com/v1', prefixes: { question: 'query: ', passage: undefined } }],
  ])('takes the embedder from %o', (environment, expected) => {
    expect(readConfig(environment).embedder).toMatchObject(expected);
  });

  it.each([
    [{ EMBEDDER: 'word2vec' }, /^EMBEDDER: expected one of built_in, onnx, ollama, openai, none/],
    [{ EMBEDDER: 'onnx' }, /^EMBEDDER_FOLDER: expected/],
    [{ EMBEDDER: 'ollama' }, /^EMBEDDER_MODEL: expected .* because EMBEDDER is ollama/],
    [{ EMBEDDER_BASE_URL: 'http://models/v1' }, /^EMBEDDER_MODEL: expected .* because EMBEDDER_BASE_URL is set/],
    [{ EMBEDDER_FOLDER: '/models/small', EMBEDDER_BASE_URL: 'http://models/v1' }, /^EMBEDDER_BASE_URL: expected only with/],
    [{ EMBEDDER: 'built_in', EMBEDDER_FOLDER: '/models/small' }, /^EMBEDDER_FOLDER: expected only with/],
    [{ EMBEDDER_DIMENSIONS: '3' }, /^EMBEDDER_DIMENSIONS: expected/],
  ])('refuses the embedder of %o', (environment, expected) => {
    expect(problemsOf(environment as Record<string, string>)[0]).toMatch(expected);
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
    ['DATABASE_URL', 'postgresql://me:se/cret@host/docent'],
    ['DATABASE_URL', 'postgresql://me:50%off@host/docent'],
    ['DATABASE_APP_URL', 'postgresql://me:se/cret@host/docent'],
    ['REDIS_URL', 'redis://localhost:99999'],
    ['REDIS_URL', 'localhost:6379'],
    ['REDIS_URL', 'redis://localhost/first'],
    ['DEMO', 'perhaps'],
    ['SECRET_KEY', 'short'],
    ['MODEL_PROVIDER', 'abacus'],
    ['LOG_LEVEL', 'loud'],
    ['MAX_UPLOAD_MB', '0'],
    ['SMTP_URL', 'mail.example.com:587'],
    ['SMTP_URL', 'smtp://mail.example.com:mail'],
    ['MAIL_FROM', 'Docent'],
  ])('names a wrong %s and what was expected, not its value', (name, value) => {
    const [problem] = problemsOf({ [name]: value });
    expect(problem).toMatch(new RegExp(`^${name}: expected .+`));
    if (/SECRET_KEY|^DATABASE/.test(name)) expect(problem).not.toContain(value);
  });

  it.each([
    'postgresql://me:se%2Fcret@host/docent?sslmode=require',
    'postgresql:///docent?host=/var/run/postgresql',
    'postgres://postgres:secret@127.0.0.1:5432/docent?host=%2Fdata%2Fpostgres',
  ])('takes the database address %s as it is', (DATABASE_URL) => {
    expect(readConfig({ DATABASE_URL }).databaseUrl).toBe(DATABASE_URL);
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
