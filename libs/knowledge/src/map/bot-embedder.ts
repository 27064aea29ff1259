import { Injectable } from '@nestjs/common';
import type { TenantContext } from '@docent/platform';
import { Embedder, type KnowledgeEmbedder } from '@docent/ports';

/** The embedder with which the map of a bot is drawn. */
@Injectable()
export class BotEmbedder {
  constructor(private readonly embedder: Embedder) {}

  /** Null where there is no embedder. */
  async of(ctx: TenantContext, botId: string): Promise<KnowledgeEmbedder | null> {
    return this.embedder.name ? this.embedder.forKnowledge(ctx, botId, null) : null;
  }
}
