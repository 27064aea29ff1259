import { join } from 'node:path';
import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import {
  ChildProcessTextExtractor,
  EmbeddedIndex,
  GuardedEgress,
  LangChainModel,
  LocalFileStorage,
  NoEmbedder,
  NoPayments,
  OpenAiEmbedder,
  OutboxMailer,
  QdrantIndex,
} from '@docent/adapters';
import type { Config } from '@docent/platform';
import { Egress, Embedder, FileStorage, KnowledgeIndex, LanguageModel, Mailer, Payments, TextExtractor } from '@docent/ports';
import type { ProductParts } from './product-parts';

/** Chooses what stands behind each port by the configuration; without any, everything is embedded. */
@Global()
@Module({})
export class AdaptersModule {
  static with(config: Config, parts: ProductParts): DynamicModule {
    const providers: Provider[] = [
      { provide: Egress, useFactory: () => new GuardedEgress({ allowPrivateNetwork: config.allowPrivateNetwork }) },
      { provide: FileStorage, useFactory: () => new LocalFileStorage(join(config.dataDir, 'files')) },
      { provide: Mailer, useFactory: () => new OutboxMailer({ folder: join(config.dataDir, 'outbox'), from: `docent@${new URL(config.publicUrl).hostname}` }) },
      { provide: Payments, useFactory: () => new NoPayments() },
      { provide: TextExtractor, useFactory: () => new ChildProcessTextExtractor({ workerPath: parts.extractWorker, processes: 2 }) },
      { provide: LanguageModel, inject: [Egress], useFactory: (egress: Egress) => new LangChainModel(egress) },
      { provide: Embedder, inject: [Egress], useFactory: (egress: Egress) => chooseEmbedder(config, egress) },
      { provide: KnowledgeIndex, inject: [Embedder], useFactory: (embedder: Embedder) => chooseIndex(config, embedder) },
    ];
    return { module: AdaptersModule, providers, exports: providers.map((provider) => (provider as { provide: symbol }).provide) };
  }
}

function chooseEmbedder({ embedder }: Config, egress: Egress): Embedder {
  if (!embedder.baseUrl) return new NoEmbedder();
  return new OpenAiEmbedder(egress, { baseUrl: embedder.baseUrl, model: embedder.model, apiKey: embedder.apiKey, dimensions: embedder.dimensions });
}

function chooseIndex({ qdrant }: Config, embedder: Embedder): KnowledgeIndex {
  if (!qdrant.url) return new EmbeddedIndex();
  return new QdrantIndex({ url: qdrant.url, apiKey: qdrant.apiKey, dimensions: embedder.name ? embedder.dimensions : 0 });
}
