import { Module } from '@nestjs/common';
import { BillingModule } from '@docent/billing';
import { IndexKeeper } from './index-keeper';
import { IngestJob } from './ingest.job';
import { KnowledgeController } from './knowledge.controller';
import { RetrievalService } from './retrieval.service';
import { SourcesRepository } from './sources.repository';
import { SourcesService } from './sources.service';

@Module({
  imports: [BillingModule],
  controllers: [KnowledgeController],
  providers: [SourcesService, SourcesRepository, RetrievalService, IndexKeeper, IngestJob],
  exports: [SourcesService, RetrievalService, IndexKeeper, IngestJob],
})
export class KnowledgeModule {}
