import { resolve } from 'node:path';
import { z } from 'zod';
import { planIds } from '@docent/contracts';

const flag = z.stringbool({ error: 'true or false' });
const webAddress = z.url({ protocol: /^https?$/, error: 'a web address such as https://docent.example.com' });
/** Pages, cookies and origins stand at the root of it. */
const rootAddress = z.string().refine(
  (address) => webAddress.safeParse(address).success && /^https?:\/\/[^/?#@]+\/*$/.test(address),
  'a web address without a path, such as https://docent.example.com',
);
/** An address that can't stand in a web address can't be listened on either. */
const hostName = z.string().refine((host) => URL.canParse(addressOf(host, 1)), 'a host name or an IP address of this machine');

/** What is listened on, as people type it in a browser on the same machine. */
function addressOf(host: string, port: number): string {
  if (['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host)) return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** The address of a server, whose parts its driver can tell from each other: what is special in a password must be percent-encoded. */
function serverAddress(form: RegExp, expected: string) {
  return z.string().refine((address) => form.test(address) && isWhole(address), expected);
}

function isWhole(address: string): boolean {
  try {
    const { username, password } = new URL(address);
    return decodeURIComponent(username + password) !== null;
  } catch {
    return false;
  }
}

const postgresAddress = serverAddress(/^postgres(ql)?:\/\//, 'an address such as postgresql://user:password@host:5432/docent');

const embedderKinds = ['built_in', 'onnx', 'ollama', 'openai', 'none'] as const;

/** Every environment variable that the product reads. An empty one counts as absent. */
const Environment = z.object({
  PORT: z.coerce.number({ error: 'a port number from 0 to 65535' }).int().min(0).max(65_535).default(3000),
  HOST: hostName.default('127.0.0.1'),
  PUBLIC_URL: rootAddress.optional(),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: postgresAddress.optional(),
  DATABASE_APP_URL: postgresAddress.optional(),
  DATABASE_JOBS_URL: postgresAddress.optional(),
  REDIS_URL: serverAddress(/^rediss?:\/\/[^/?#]+(\/\d*)?$/, 'an address such as redis://user:password@host:6379').optional(),
  DATABASE_POOL_SIZE: z.coerce.number({ error: 'a number of connections from 2 to 500' }).int().min(2).max(500).default(10),
  DEMO: flag.default(true),
  SECRET_KEY: z.string().min(32, 'at least 32 characters').optional(),
  DEFAULT_PLAN: z.enum(planIds, { error: `one of ${planIds.join(', ')}` }).default('self_hosted'),
  ALLOW_PRIVATE_NETWORK: flag.default(false),
  TRUST_PROXY: flag.default(false),
  MODEL_PROVIDER: z.enum(['none', 'openai', 'anthropic', 'google'], { error: 'one of none, openai, anthropic, google' }).default('none'),
  MODEL_NAME: z.string().default(''),
  MODEL_BASE_URL: webAddress.or(z.literal('')).default(''),
  MODEL_API_KEY: z.string().default(''),
  EMBEDDER: z.enum(embedderKinds, { error: `one of ${embedderKinds.join(', ')}` }).optional(),
  EMBEDDER_FOLDER: z.string().optional(),
  EMBEDDER_BASE_URL: webAddress.optional(),
  EMBEDDER_MODEL: z.string().default(''),
  EMBEDDER_API_KEY: z.string().default(''),
  EMBEDDER_DIMENSIONS: z.coerce.number({ error: 'the length of the vectors, from 8 to 8192' }).int().min(8).max(8192).optional(),
  EMBEDDER_QUESTION_PREFIX: z.string().optional(),
  EMBEDDER_PASSAGE_PREFIX: z.string().optional(),
  QDRANT_URL: webAddress.optional(),
  QDRANT_API_KEY: z.string().optional(),
  MAX_UPLOAD_MB: z.coerce.number({ error: 'a number of megabytes from 1 to 2000' }).int().min(1).max(2000).default(50),
  SMTP_URL: serverAddress(/^smtps?:\/\/\S+$/, 'an address such as smtp://user:password@mail.example.com:587').optional(),
  MAIL_FROM: z.email({ error: 'an e-mail address' }).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], { error: 'one of fatal, error, warn, info, debug, silent' }).default('info'),
});

export type Environment = z.infer<typeof Environment>;

/** What finds by meaning; `none` leaves the search to words alone. */
export interface EmbedderConfig {
  kind: (typeof embedderKinds)[number];
  /** Of `onnx`: where the model lies. */
  folder: string;
  /** Of `ollama` and `openai`. */
  baseUrl: string;
  model: string;
  apiKey: string;
  /** Undefined: as the model has them. */
  dimensions: number | undefined;
  /** What is put before a text; undefined: what the model's files say, or nothing. */
  prefixes: { question: string | undefined; passage: string | undefined };
}

/** The installation's settings, read and checked once at start. */
export interface Config {
  port: number;
  host: string;
  /** Without a trailing slash. */
  publicUrl: string;
  dataDir: string;
  databaseUrl: string | undefined;
  databaseAppUrl: string | undefined;
  databaseJobsUrl: string | undefined;
  databasePoolSize: number;
  /** Several processes talk to each other through it, and count rates together; without it, through PostgreSQL. */
  redisUrl: string | undefined;
  demo: boolean;
  secretKey: string | undefined;
  defaultPlan: Environment['DEFAULT_PLAN'];
  allowPrivateNetwork: boolean;
  trustProxy: boolean;
  model: { provider: Environment['MODEL_PROVIDER']; name: string; baseUrl: string; apiKey: string };
  embedder: EmbedderConfig;
  qdrant: { url: string | undefined; apiKey: string | undefined };
  maxUploadBytes: number;
  /** Without a mail server, mail is kept as files in the data folder. */
  mail: { smtpUrl: string | undefined; from: string };
  logLevel: Environment['LOG_LEVEL'];
}

/** A wrong variable: its name and what was expected. The value is not repeated, it may be a secret. */
export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(`The configuration can't be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** Throws {@link ConfigError} naming every wrong variable. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map((issue) => `${String(issue.path[0])}: expected ${issue.message}`));
  const env = parsed.data;
  if (env.MODEL_PROVIDER !== 'none' && !env.MODEL_NAME) throw new ConfigError(['MODEL_NAME: expected the name of the model, because MODEL_PROVIDER is set']);
  const publicUrl = (env.PUBLIC_URL ?? addressOf(env.HOST, env.PORT)).replace(/\/+$/, '');
  return {
    port: env.PORT,
    host: env.HOST,
    publicUrl,
    dataDir: resolve(env.DATA_DIR),
    databaseUrl: env.DATABASE_URL,
    databaseAppUrl: env.DATABASE_APP_URL,
    databaseJobsUrl: env.DATABASE_JOBS_URL,
    databasePoolSize: env.DATABASE_POOL_SIZE,
    redisUrl: env.REDIS_URL,
    demo: env.DEMO && !env.DATABASE_URL,
    secretKey: env.SECRET_KEY,
    defaultPlan: env.DEFAULT_PLAN,
    allowPrivateNetwork: env.ALLOW_PRIVATE_NETWORK,
    trustProxy: env.TRUST_PROXY,
    model: { provider: env.MODEL_PROVIDER, name: env.MODEL_NAME, baseUrl: env.MODEL_BASE_URL, apiKey: env.MODEL_API_KEY },
    embedder: readEmbedder(env),
    qdrant: { url: env.QDRANT_URL, apiKey: env.QDRANT_API_KEY },
    maxUploadBytes: env.MAX_UPLOAD_MB * 1024 * 1024,
    mail: { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM ?? `docent@${new URL(publicUrl).hostname}` },
    logLevel: env.LOG_LEVEL,
  };
}

const usualAddresses = { ollama: 'http://localhost:11434', openai: 'https://api.openai.com/v1' };

/** A folder or an address says enough: what they are of need not be said as well. */
function readEmbedder(env: Environment): EmbedderConfig {
  const kind = env.EMBEDDER ?? (env.EMBEDDER_FOLDER ? 'onnx' : env.EMBEDDER_BASE_URL ? 'openai' : 'built_in');
  const isElsewhere = kind === 'ollama' || kind === 'openai';
  const problems: string[] = [];
  const because = env.EMBEDDER ? `EMBEDDER is ${kind}` : 'EMBEDDER_BASE_URL is set';
  if (isElsewhere && !env.EMBEDDER_MODEL) problems.push(`EMBEDDER_MODEL: expected the name of the model, because ${because}`);
  if (kind === 'onnx' && !env.EMBEDDER_FOLDER) problems.push('EMBEDDER_FOLDER: expected the folder of the model, because EMBEDDER is onnx');
  if (kind !== 'onnx' && env.EMBEDDER_FOLDER) problems.push(`EMBEDDER_FOLDER: expected only with EMBEDDER=onnx, and EMBEDDER is ${kind}`);
  if (!isElsewhere && env.EMBEDDER_BASE_URL) problems.push(`EMBEDDER_BASE_URL: expected only with EMBEDDER=ollama or openai, and EMBEDDER is ${kind}`);
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    kind,
    folder: env.EMBEDDER_FOLDER ? resolve(env.EMBEDDER_FOLDER) : '',
    baseUrl: (env.EMBEDDER_BASE_URL ?? (isElsewhere ? usualAddresses[kind] : '')).replace(/\/+$/, ''),
    model: env.EMBEDDER_MODEL,
    apiKey: env.EMBEDDER_API_KEY,
    dimensions: env.EMBEDDER_DIMENSIONS,
    prefixes: { question: env.EMBEDDER_QUESTION_PREFIX, passage: env.EMBEDDER_PASSAGE_PREFIX },
  };
}

/** Injection token of {@link Config}. */
export const CONFIG = Symbol('CONFIG');
