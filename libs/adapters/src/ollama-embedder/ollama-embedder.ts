import { z } from 'zod';
import { EndpointEmbedder, type KnownModel } from '../model-embedder/endpoint-embedder';

const textsPerRequest = 32;
const bytesPerText = 100_000;
const bytesOfList = 4_000_000;
/** How long it is taken for certain that the model is still the one that was looked at. */
const trustMs = 60_000;
const digestLength = 12;

const Vectors = z.object({ embeddings: z.array(z.array(z.number())) });
const Models = z.object({ models: z.array(z.object({ name: z.string(), digest: z.string() })) });
const Refusal = z.object({ error: z.string() });

/**
 * A model of an Ollama server, by Ollama's own protocol (docs/api.md there: `/api/embed`, `/api/tags`): it cuts texts that are too long, and
 * it says which version of a model it has, so that vectors of two versions are never compared.
 */
export class OllamaEmbedder extends EndpointEmbedder {
  private lookedAt = 0;

  protected override async lookAtModel(): Promise<KnownModel> {
    const version = await this.digest();
    const [vector] = await this.request(['a']);
    this.lookedAt = Date.now();
    return { dimensions: (vector ?? fail('answered without a vector')).length, version };
  }

  protected override async embedTexts(texts: string[]): Promise<Float32Array[]> {
    await this.checkVersion();
    const vectors: Float32Array[] = [];
    for (let start = 0; start < texts.length; start += textsPerRequest) {
      const some = texts.slice(start, start + textsPerRequest);
      const found = await this.request(some);
      if (found.length !== some.length || found.some(({ length }) => length !== this.dimensions))
        fail(`answered without a vector of ${this.dimensions} numbers for each text`);
      vectors.push(...found);
    }
    return vectors;
  }

  private async request(texts: string[]): Promise<Float32Array[]> {
    const { model, dimensions } = this.options;
    const body = { model, input: texts.map((text) => text || ' '), truncate: true, ...(dimensions ? { dimensions } : {}) };
    const answer = await this.endpoint.ask('/api/embed', texts.length * bytesPerText + 10_000, body);
    if (answer.status === 404) fail(this.missing());
    if (answer.status !== 200) fail(`refused with status ${answer.status}${reasonOf(answer.body)}`);
    return (Vectors.safeParse(answer.body).data?.embeddings ?? fail('answered without vectors')).map((vector) =>
      Float32Array.from(vector),
    );
  }

  /** `ollama pull` puts another version in the place of a model, at any time. */
  private async checkVersion(): Promise<void> {
    if (Date.now() - this.lookedAt < trustMs) return;
    if ((await this.digest()) !== this.known?.version)
      fail(`has another version of ${this.options.model} than at the start; start Docent again to use it`);
    this.lookedAt = Date.now();
  }

  private async digest(): Promise<string> {
    const answer = await this.endpoint.ask('/api/tags', bytesOfList);
    if (answer.status !== 200) fail(`refused with status ${answer.status}${reasonOf(answer.body)}`);
    const wanted = this.options.model.toLowerCase();
    const { models } = Models.safeParse(answer.body).data ?? fail('is no Ollama server');
    const found = models.find(({ name }) => [wanted, `${wanted}:latest`].includes(name.toLowerCase()));
    return (found ?? fail(this.missing())).digest.replace(/^sha256:/, '').slice(0, digestLength);
  }

  private missing(): string {
    return `has no model ${this.options.model}; fetch it with: ollama pull ${this.options.model}`;
  }
}

function reasonOf(body: unknown): string {
  const reason = Refusal.safeParse(body).data?.error;
  return reason ? ` (${reason.slice(0, 200)})` : '';
}

function fail(what: string): never {
  throw new Error(`The Ollama server ${what}.`);
}
