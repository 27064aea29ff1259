import { Module } from '@nestjs/common';
import { BillingModule } from '@docent/billing';
import { IndexKeeper } from './index-keeper';
import { IngestJob } from './ingest.job';
import { KnowledgeController } from './knowledge.controller';
import { BotEmbedder } from './map/bot-embedder';
import { MapRowsRepository } from './map/map-rows.repository';
import { MeaningMapController } from './map/meaning-map.controller';
import { MeaningMapService } from './map/meaning-map.service';
import { KnowledgeModelsRepository } from './meaning/knowledge-models.repository';
import { LearnKnowledge } from './meaning/learn-knowledge';
import { MeaningKeeper } from './meaning/meaning-keeper';
import { SettleJob } from './meaning/settle.job';
import { RetrievalService } from './retrieval.service';
import { SourcesRepository } from './sources.repository';
import { SourcesService } from './sources.service';

@Module({
  imports: [BillingModule],
  controllers: [KnowledgeController, MeaningMapController],
  providers: [MeaningMapService, MapRowsRepository, BotEmbedder, SourcesService, SourcesRepository, RetrievalService, IndexKeeper, IngestJob, KnowledgeModelsRepository, LearnKnowledge, MeaningKeeper, SettleJob],
  exports: [SourcesService, RetrievalService, IndexKeeper, IngestJob, MeaningKeeper, SettleJob],
})
export class KnowledgeModule {}
