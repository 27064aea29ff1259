import { Injectable } from '@nestjs/common';
import type { TenantContext } from '@docent/platform';
import type { KnowledgeEmbedder } from '@docent/ports';
import { MeaningKeeper } from '../meaning/meaning-keeper';

/** The embedder with which the map of a bot is drawn. */
@Injectable()
export class BotEmbedder {
  constructor(private readonly meaning: MeaningKeeper) {}

  /** Null where there is no embedder. */
  of(ctx: TenantContext, botId: string): Promise<KnowledgeEmbedder | null> {
    return this.meaning.embedderOf(ctx, botId);
  }
}
