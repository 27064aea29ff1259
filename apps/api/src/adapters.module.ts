import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import type { Logger } from 'pino';
import {
  ChildProcessTextExtractor,
  EmbeddedIndex,
  GuardedEgress,
  LangChainModel,
  LocalFileStorage,
  NoEmbedder,
  NoPayments,
  OllamaEmbedder,
  OpenAiEmbedder,
  OutboxMailer,
  QdrantIndex,
  SmtpMailer,
  StaticEmbedder,
  type OnnxEmbedder,
} from '@docent/adapters';
import { PREPARING_THREAD } from '@docent/knowledge';
import { LOGGER, type Config } from '@docent/platform';
import { Egress, Embedder, FileStorage, KnowledgeIndex, LanguageModel, Mailer, Payments, TextExtractor } from '@docent/ports';
import type { ProductParts } from './product-parts';

interface Closable {
  close(): Promise<void>;
}

const CLOSABLE = Symbol('CLOSABLE');

/** Chooses what stands behind each port by the configuration; without any, everything is embedded. */
@Global()
@Module({})
export class AdaptersModule implements OnApplicationShutdown {
  constructor(@Inject(CLOSABLE) private readonly closable: Closable[]) {}

  /** `localModel`: the one that is configured, already loaded. */
  static with(config: Config, parts: ProductParts, localModel: OnnxEmbedder | null): DynamicModule {
    const egress = new GuardedEgress({ allowPrivateNetwork: config.allowPrivateNetwork });
    const extractor = new ChildProcessTextExtractor({ workerPath: parts.extractWorker, processes: 2 });
    const mailer = openMailer(config);
    const closable: Closable[] = [extractor, egress, ...('close' in mailer ? [mailer] : [])];
    const openEmbedder = async (logger: Logger) => {
      const embedder = localModel ?? (await chooseEmbedder(config, egress, parts, logger));
      if ('close' in embedder) closable.unshift(embedder);
      return embedder;
    };
    const providers: Provider[] = [
      { provide: CLOSABLE, useValue: closable },
      { provide: Egress, useValue: egress },
      { provide: FileStorage, useFactory: () => new LocalFileStorage(join(config.dataDir, 'files')) },
      { provide: Mailer, useValue: mailer },
      { provide: Payments, useFactory: () => new NoPayments() },
      { provide: TextExtractor, useValue: extractor },
      { provide: PREPARING_THREAD, useValue: parts.preparingThread },
      { provide: LanguageModel, useFactory: () => openModel(config, egress) },
      { provide: Embedder, inject: [LOGGER], useFactory: openEmbedder },
      { provide: KnowledgeIndex, useFactory: () => chooseIndex(config) },
    ];
    return { module: AdaptersModule, providers, exports: providers.map((provider) => (provider as { provide: symbol }).provide) };
  }

  /** Last of all: nothing reads a file or a page any more. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.closable.map((adapter) => adapter.close()));
  }
}

function openMailer({ mail, dataDir }: Config): OutboxMailer | SmtpMailer {
  return mail.smtpUrl ? new SmtpMailer({ url: mail.smtpUrl, from: mail.from }) : new OutboxMailer({ folder: join(dataDir, 'outbox'), from: mail.from });
}

/** A configured model's client is loaded ahead, so that the first visitor does not wait for it. */
function openModel({ model }: Config, egress: Egress): LangChainModel {
  const models = new LangChainModel(egress);
  // Where it can't be loaded, the first question says so.
  if (model.provider !== 'none') models.prepare(model.provider).catch(() => undefined);
  return models;
}

async function chooseEmbedder({ embedder }: Config, egress: Egress, parts: ProductParts, logger: Logger): Promise<NoEmbedder | StaticEmbedder | OllamaEmbedder | OpenAiEmbedder> {
  const { kind } = embedder;
  if (kind === 'none') return new NoEmbedder();
  if (kind === 'built_in') return new StaticEmbedder(readFileSync(parts.wordVectors), parts.learningProcess);
  const options = { ...embedder, tell: (problem: string) => logger.warn({ embedder: kind }, `${problem} Until then, search is by words alone.`) };
  return (kind === 'ollama' ? new OllamaEmbedder(egress, options) : new OpenAiEmbedder(egress, options)).connect();
}

function chooseIndex({ qdrant }: Config): KnowledgeIndex {
  if (!qdrant.url) return new EmbeddedIndex();
  return new QdrantIndex({ url: qdrant.url, apiKey: qdrant.apiKey });
}
