import { setTimeout as wait } from 'node:timers/promises';
import type { Egress } from '@docent/ports';
import { ModelEmbedder, type TextKind, type TextPrefixes } from './model-embedder';
import { ModelEndpoint } from './model-endpoint';

export interface EndpointOptions {
  /** Configured by the operator, so it may be private. */
  baseUrl: string;
  apiKey?: string;
  model: string;
  /** Left out: as many as the model gives. */
  dimensions?: number;
  prefixes?: { [Kind in TextKind]?: string | undefined };
  timeoutMs?: number;
  /** Hears why there is no embedder yet, once for each reason. */
  tell?: (problem: string) => void;
}

/** What is known of a model once it has answered. */
export interface KnownModel {
  dimensions: number;
  /** Part of the name of its vectors: `''` where the endpoint does not say. */
  version: string;
}

const firstWaitMs = 1_000;
const longestWaitMs = 30_000;
/** A start does not wait longer for the first answer. */
const patienceMs = 5_000;

/**
 * A model behind an address. Until it has said what its vectors are like it has no name, and search is by words alone; it is asked again
 * and again in the background, so that a model server may start after this one.
 */
export abstract class EndpointEmbedder extends ModelEmbedder {
  protected readonly endpoint: ModelEndpoint;
  protected known: KnownModel | null = null;
  private readonly prefixes: TextPrefixes;
  private readonly closing = new AbortController();
  private told = '';

  constructor(
    egress: Egress,
    protected readonly options: EndpointOptions,
  ) {
    super();
    this.endpoint = new ModelEndpoint(egress, options);
    this.prefixes = { question: options.prefixes?.question ?? '', passage: options.prefixes?.passage ?? '' };
  }

  override get name(): string | null {
    if (!this.known) return null;
    const { version, dimensions } = this.known;
    return `${this.options.model}${version && `-${version}`}${this.prefixes.passage && `+${this.prefixes.passage}`}@${dimensions}`;
  }

  override get dimensions(): number {
    return this.known?.dimensions ?? 0;
  }

  /** Asks the model what its vectors are like; goes on asking behind where that takes longer than a moment. */
  async connect(): Promise<this> {
    if (this.known) return this;
    const met = this.meet();
    await Promise.race([met, wait(patienceMs, undefined, { ref: false })]);
    return this;
  }

  /** Asks no longer. */
  close(): Promise<void> {
    this.closing.abort();
    return Promise.resolve();
  }

  /** Throws what keeps the model from being used, in words. */
  protected abstract lookAtModel(): Promise<KnownModel>;

  /** One vector per text, with what is to be put before it. */
  protected abstract embedTexts(texts: string[]): Promise<Float32Array[]>;

  protected override embed(texts: string[], kind: TextKind): Promise<Float32Array[]> {
    return this.embedTexts(texts.map((text) => this.prefixes[kind] + text));
  }

  private async meet(): Promise<void> {
    for (let waitMs = firstWaitMs; !this.closing.signal.aborted; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
      try {
        this.known = await this.lookAtModel();
        return;
      } catch (error) {
        this.say(error instanceof Error ? error.message : String(error));
      }
      await wait(waitMs, undefined, { ref: false, signal: this.closing.signal }).catch(() => undefined);
    }
  }

  private say(problem: string): void {
    if (problem === this.told || this.closing.signal.aborted) return;
    this.told = problem;
    this.options.tell?.(problem);
  }
}
