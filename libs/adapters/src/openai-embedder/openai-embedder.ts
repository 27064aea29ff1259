import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { type Egress, type EgressResponse, Embedder, type KnowledgeEmbedder, type TenantScope } from '@docent/ports';

export interface OpenAiEmbedderOptions {
  /** With the version, for example `https://api.openai.com/v1`. Configured by the operator, so it may be private. */
  baseUrl: string;
  apiKey: string;
  model: string;
  dimensions: number;
  timeoutMs?: number;
}

const textsPerRequest = 64;
const attempts = 4;
const firstWaitMs = 500;
const longestWaitMs = 20_000;
/** A vector of 3072 numbers takes about 65 kB as text. */
const bytesPerText = 100_000;

const Answer = z.object({ data: z.array(z.object({ index: z.number().int().min(0), embedding: z.array(z.number()) })) });

/** Any OpenAI-compatible embeddings endpoint. A passing refusal (429, 5xx) is waited out as the supplier asks, a few times. */
export class OpenAiEmbedder extends Embedder {
  override readonly name: string;
  override readonly dimensions: number;
  override readonly learns = false;
  /** Models of one size only refuse the parameter, even with their own size. */
  private sendsDimensions = true;

  constructor(
    private readonly egress: Egress,
    private readonly options: OpenAiEmbedderOptions,
  ) {
    super();
    this.dimensions = options.dimensions;
    this.name = `${options.model}@${options.dimensions}`;
  }

  override forKnowledge(_scope: TenantScope, _botId: string): KnowledgeEmbedder {
    return {
      set: `${this.name}#0`,
      embedPassages: async (passages) => {
        const vectors = await this.embed(passages.map(({ title, text }) => `${title}\n${text}`));
        // A window costs as much as a passage here, and the model has read every sentence of the passage anyway.
        return vectors.map((whole) => ({ whole, windows: [] }));
      },
      embedQuestion: async (text, context = []) => {
        const vectors = await this.embed([text, ...context.map((turn) => turn.text)]);
        return { values: weightedMean(vectors, [1, ...context.map((turn) => turn.weight)]), known: 1 };
      },
      knows: () => null,
      explain: () => null,
    };
  }

  override count(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(0));
  }

  override learn(): Promise<null> {
    return Promise.resolve(null);
  }

  private async embed(texts: string[]): Promise<Float32Array[]> {
    const vectors: Float32Array[] = [];
    for (let start = 0; start < texts.length; start += textsPerRequest) {
      vectors.push(...(await this.embedBatch(texts.slice(start, start + textsPerRequest))));
    }
    return vectors;
  }

  private async embedBatch(texts: string[]): Promise<Float32Array[]> {
    const response = await this.request(texts);
    const parsed = Answer.safeParse(parseJson(response.body));
    const vectors = new Array<Float32Array | undefined>(texts.length);
    for (const { index, embedding } of parsed.data?.data ?? [])
      if (embedding.length === this.dimensions) vectors[index] = toUnitLength(embedding);
    return Array.from(
      { length: texts.length },
      (_, index) => vectors[index] ?? fail(`answered without a vector of ${this.dimensions} numbers for each text`),
    );
  }

  private async request(texts: string[]): Promise<EgressResponse> {
    for (let attempt = 1; ; attempt += 1) {
      const sendsDimensions = this.sendsDimensions;
      const response = await this.post(this.bodyOf(texts), texts.length);
      if (response.status === 200) return response;
      if (response.status === 400 && sendsDimensions) {
        this.sendsDimensions = false;
        continue;
      }
      const passing = response.status === 429 || response.status >= 500;
      if (!passing || attempt === attempts) return fail(`refused with status ${response.status}`);
      await wait(waitMs(response.headers['retry-after'], attempt));
    }
  }

  private bodyOf(texts: string[]): string {
    const dimensions = this.sendsDimensions ? { dimensions: this.dimensions } : {};
    // The endpoint refuses empty texts.
    return JSON.stringify({
      model: this.options.model,
      input: texts.map((text) => text || ' '),
      encoding_format: 'float',
      ...dimensions,
    });
  }

  private async post(body: string, textCount: number): Promise<EgressResponse> {
    const headers = {
      'content-type': 'application/json',
      ...(this.options.apiKey ? { authorization: `Bearer ${this.options.apiKey}` } : {}),
    };
    const signal = AbortSignal.timeout(this.options.timeoutMs ?? 60_000);
    const response = await this.egress.fetchFunction({ trustedAddress: true })(
      `${this.options.baseUrl.replace(/\/+$/, '')}/embeddings`,
      { method: 'POST', headers, body, signal },
    );
    return {
      url: response.url,
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await readUpTo(response, textCount * bytesPerText + 10_000),
    };
  }
}

function waitMs(retryAfter: string | undefined, attempt: number): number {
  const asked = Number(retryAfter) * 1000;
  return Math.min(longestWaitMs, Number.isFinite(asked) ? asked : firstWaitMs * 2 ** (attempt - 1));
}

async function readUpTo(response: Response, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += (part as Uint8Array).length;
    if (size > maxBytes) return fail('answered with far too much');
    parts.push(part as Uint8Array);
  }
  return Buffer.concat(parts);
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8')) as unknown;
  } catch {
    return null;
  }
}

/** Earlier turns pull the question towards what was talked about. */
function weightedMean(vectors: Float32Array[], weights: number[]): Float32Array {
  const sum = Array.from(vectors[0]!, (_, index) =>
    vectors.reduce((total, vector, at) => total + vector[index]! * weights[at]!, 0),
  );
  return toUnitLength(sum);
}

function toUnitLength(values: number[]): Float32Array {
  const length = Math.hypot(...values);
  return Float32Array.from(values, (value) => (length > 0 ? value / length : 0));
}

/** The words name neither key nor address. */
function fail(what: string): never {
  throw new Error(`The embeddings endpoint ${what}.`);
}
