export { buildQuery, type RetrievalQuery } from './build-query';
export { IndexKeeper } from './index-keeper';
export { IngestJob } from './ingest.job';
export { KnowledgeModule } from './knowledge.module';
export { readUpload, type Upload } from './read-upload';
export { RetrievalService, type FoundPassage } from './retrieval.service';
export { SourcesRepository } from './sources.repository';
export { SourcesService } from './sources.service';
export { splitText, type Chunk } from './split-text';
