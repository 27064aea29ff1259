import { Module } from '@nestjs/common';
import { BillingModule } from '@docent/billing';
import { IndexKeeper } from './index-keeper';
import { IngestJob } from './ingest.job';
import { KnowledgeController } from './knowledge.controller';
import { MapRowsRepository } from './map/map-rows.repository';
import { MeaningMapController } from './map/meaning-map.controller';
import { MeaningMapService } from './map/meaning-map.service';
import { GoldenQuestionsRepository } from './meaning/golden-questions.repository';
import { GoldenQuestionsService } from './meaning/golden-questions.service';
import { KnowledgeModelsRepository } from './meaning/knowledge-models.repository';
import { LearnController } from './meaning/learn.controller';
import { LearnEvidenceRepository } from './meaning/learn-evidence.repository';
import { LearnKnowledge } from './meaning/learn-knowledge';
import { LearnNightlyJob } from './meaning/learn-nightly.job';
import { LearnStateService } from './meaning/learn-state.service';
import { MeaningKeeper } from './meaning/meaning-keeper';
import { PassageVectorsRepository } from './meaning/passage-vectors.repository';
import { SettleJob } from './meaning/settle.job';
import { RetrievalService } from './retrieval.service';
import { SourcePreparer } from './preparing/source-preparer';
import { SourcesRepository } from './sources.repository';
import { SourcesService } from './sources.service';

@Module({
  imports: [BillingModule],
  controllers: [KnowledgeController, MeaningMapController, LearnController],
  providers: [MeaningMapService, MapRowsRepository, SourcesService, SourcesRepository, RetrievalService, IndexKeeper, IngestJob, SourcePreparer, KnowledgeModelsRepository, LearnKnowledge, LearnEvidenceRepository, LearnNightlyJob, LearnStateService, GoldenQuestionsRepository, GoldenQuestionsService, MeaningKeeper, PassageVectorsRepository, SettleJob],
  exports: [SourcesService, RetrievalService, IndexKeeper, IngestJob, MeaningKeeper, SettleJob, LearnNightlyJob, LearnStateService, GoldenQuestionsService],
})
export class KnowledgeModule {}
