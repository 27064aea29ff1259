import { z } from 'zod';
import type { Egress } from '@docent/ports';
import { EndpointEmbedder, type EndpointOptions, type KnownModel } from '../model-embedder/endpoint-embedder';
import type { EndpointAnswer } from '../model-embedder/model-endpoint';

const textsPerRequest = 64;
/** A vector of 3072 numbers takes about 65 kB as text. */
const bytesPerText = 100_000;

const Answer = z.object({ data: z.array(z.object({ index: z.number().int().min(0), embedding: z.array(z.number()) })) });

/** Any OpenAI-compatible embeddings endpoint; `baseUrl` is with the version, for example `https://api.openai.com/v1`. */
export class OpenAiEmbedder extends EndpointEmbedder {
  /** Models of one size only refuse the parameter, even with their own size. */
  private sendsDimensions: boolean;

  constructor(egress: Egress, options: EndpointOptions) {
    super(egress, options);
    this.sendsDimensions = options.dimensions !== undefined;
    if (options.dimensions !== undefined) this.known = { dimensions: options.dimensions, version: '' };
  }

  protected override async lookAtModel(): Promise<KnownModel> {
    const [vector] = await this.request(['a']);
    return { dimensions: (vector ?? fail('answered without a vector')).length, version: '' };
  }

  protected override async embedTexts(texts: string[]): Promise<Float32Array[]> {
    const vectors: Float32Array[] = [];
    for (let start = 0; start < texts.length; start += textsPerRequest)
      for (const vector of await this.request(texts.slice(start, start + textsPerRequest)))
        vectors.push(
          vector?.length === this.dimensions
            ? vector
            : fail(`answered without a vector of ${this.dimensions} numbers for each text`),
        );
    return vectors;
  }

  private async request(texts: string[]): Promise<(Float32Array | undefined)[]> {
    const answer = await this.send(texts);
    if (answer.status !== 200) fail(`refused with status ${answer.status}`);
    const vectors = new Array<Float32Array | undefined>(texts.length).fill(undefined);
    for (const { index, embedding } of Answer.safeParse(answer.body).data?.data ?? [])
      if (index < vectors.length) vectors[index] = Float32Array.from(embedding);
    return vectors;
  }

  private async send(texts: string[]): Promise<EndpointAnswer> {
    const sendsDimensions = this.sendsDimensions;
    const answer = await this.endpoint.ask('/embeddings', texts.length * bytesPerText + 10_000, this.bodyOf(texts));
    if (answer.status !== 400 || !sendsDimensions) return answer;
    this.sendsDimensions = false;
    return this.send(texts);
  }

  private bodyOf(texts: string[]): unknown {
    const dimensions = this.sendsDimensions ? { dimensions: this.dimensions } : {};
    // The endpoint refuses empty texts.
    return { model: this.options.model, input: texts.map((text) => text || ' '), encoding_format: 'float', ...dimensions };
  }
}

/** The words name neither key nor address. */
function fail(what: string): never {
  throw new Error(`The embeddings endpoint ${what}.`);
}
