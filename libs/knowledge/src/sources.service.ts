import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { UsageService } from '@docent/billing';
import type { CreateSource, DeletionReceipt, InputOf, routes, SavedFrom, Source, SourceText } from '@docent/contracts';
import { AppError, CONFIG, enqueueJob, found, Signals, type Config, type TenantContext } from '@docent/platform';
import { FileStorage } from '@docent/ports';
import { IndexKeeper } from './index-keeper';
import { ingestTask } from './ingest.job';
import type { Upload } from './read-upload';
import { SourcesRepository } from './sources.repository';
import { toSource, type SourceRow } from './to-source';

/** Adding, showing and removing knowledge. What happens to a source after it was added is the ingest job's business. */
@Injectable()
export class SourcesService {
  readonly maxUploadBytes: number;

  constructor(
    private readonly sources: SourcesRepository,
    private readonly files: FileStorage,
    private readonly usage: UsageService,
    private readonly index: IndexKeeper,
    private readonly signals: Signals,
    @Inject(CONFIG) config: Config,
  ) {
    this.maxUploadBytes = config.maxUploadBytes;
  }

  /** Throws not_found for a bot of somebody else. */
  async requireBot(ctx: TenantContext, botId: string): Promise<void> {
    if (!(await this.sources.botExists(ctx, botId))) throw new AppError('not_found');
  }

  /** `savedFrom`: the conversation in which a person gave this answer. */
  async create(ctx: TenantContext, botId: string, given: CreateSource, savedFrom?: Omit<SavedFrom, 'isReviewed'>): Promise<Source> {
    switch (given.type) {
      case 'text':
        return this.upload(ctx, botId, { name: given.name, content: Buffer.from(given.text, 'utf8') }, { type: 'text', url: given.url });
      case 'url':
        return this.add(ctx, { botId, type: 'url', name: given.name ?? given.url, url: given.url });
      case 'qa':
        return this.add(ctx, { botId, type: 'qa', name: given.question.slice(0, 200), input: { question: given.question, answer: given.answer }, savedFrom, needsReview: savedFrom !== undefined });
    }
  }

  /** Stores the content first: a row never points to a file that isn't there. */
  async upload(ctx: TenantContext, botId: string, { name, content }: Upload, kind: { type: 'file' | 'text'; url?: string } = { type: 'file' }): Promise<Source> {
    await this.requireBot(ctx, botId);
    const id = randomUUID();
    const fileKey = `sources/${id}`;
    await this.files.put(ctx, fileKey, content);
    try {
      return await this.add(ctx, { id, botId, type: kind.type, name, url: kind.url ?? null, fileKey, sizeBytes: BigInt(content.length) });
    } catch (error) {
      await this.files.remove(ctx, fileKey);
      throw error;
    }
  }

  async list(ctx: TenantContext, botId: string, query: InputOf<typeof routes.listSources>['query']) {
    await this.requireBot(ctx, botId);
    const rows = await this.sources.list(ctx, botId, query);
    const items = rows.slice(0, query.limit).map(toSource);
    return { items, nextCursor: rows.length > query.limit ? items.at(-1)!.id : null };
  }

  async get(ctx: TenantContext, id: string): Promise<Source> {
    return toSource(found(await this.sources.find(ctx, id)));
  }

  async text(ctx: TenantContext, id: string): Promise<SourceText> {
    const snapshot = found(await this.sources.snapshot(ctx, id));
    if (snapshot === 'none') return { sourceId: id, title: '', text: '', hash: '', pages: [] };
    return { sourceId: id, title: snapshot.title, text: snapshot.text, hash: snapshot.hash, pages: snapshot.pages as SourceText['pages'] };
  }

  async file(ctx: TenantContext, id: string): Promise<{ name: string; content: Uint8Array }> {
    const row = found(await this.sources.find(ctx, id));
    return { name: row.name, content: found(row.fileKey ? await this.files.get(ctx, row.fileKey) : null) };
  }

  async retry(ctx: TenantContext, id: string): Promise<Source> {
    const present = found(await this.sources.find(ctx, id));
    if (present.status !== 'failed') throw new AppError('conflict', { status: present.status });
    const row = await this.sources.update(ctx, id, { status: 'queued', stage: 'queued', progress: 0, errorCode: null, errorMessage: null }, (db) =>
      enqueueJob(db, ctx, ingestTask, { sourceId: id }, `ingest ${id}`),
    );
    await this.tell(ctx, found(row));
    return toSource(found(row));
  }

  /** Throws not_found for anything but an answer that was saved in a conversation. */
  async review(ctx: TenantContext, id: string, isReviewed: boolean): Promise<Source> {
    if (!found(await this.sources.find(ctx, id)).savedFrom) throw new AppError('not_found');
    const row = found(await this.sources.update(ctx, id, { needsReview: !isReviewed }));
    await this.tell(ctx, row);
    return toSource(row);
  }

  /** Removes everywhere, then counts what is left everywhere: the receipt holds the counts, not the intention. */
  async delete(ctx: TenantContext, id: string): Promise<DeletionReceipt> {
    const { row, chunks, snapshots } = found(await this.sources.remove(ctx, id));
    await this.index.removeSource(ctx, row.botId, id);
    const hadFile = row.fileKey ? await this.files.remove(ctx, row.fileKey) : false;
    await this.signals.send('change', ctx.tenantId, { kind: 'source.deleted', id, botId: row.botId });
    return {
      sourceId: id,
      deletedAt: new Date().toISOString(),
      removed: { chunks, snapshots, files: Number(hadFile) },
      remaining: {
        rows: await this.sources.remainingRows(ctx, id),
        indexEntries: await this.index.count(ctx, row.botId, id),
        files: row.fileKey && (await this.files.get(ctx, row.fileKey)) ? 1 : 0,
      },
    };
  }

  /** Before a bot's rows go: what stands outside the database. Returns the clean-up to run after they are gone. */
  async prepareBotRemoval(ctx: TenantContext, botId: string): Promise<() => Promise<void>> {
    const keys = await this.sources.fileKeysOfBot(ctx, botId);
    return async () => {
      await this.index.removeBot(ctx, botId);
      for (const key of keys) await this.files.remove(ctx, key);
    };
  }

  private async add(ctx: TenantContext, row: Partial<SourceRow> & { botId: string; type: string; name: string }): Promise<Source> {
    const id = row.id ?? randomUUID();
    const created = await this.sources.create(ctx, { ...row, id }, async (db) => {
      await this.usage.assertRoom(db, ctx, 'sources', 1);
      if (row.sizeBytes) await this.usage.assertRoom(db, ctx, 'storageBytes', Number(row.sizeBytes));
      await enqueueJob(db, ctx, ingestTask, { sourceId: id }, `ingest ${id}`);
    });
    await this.tell(ctx, found(created));
    return toSource(found(created));
  }

  private tell(ctx: TenantContext, row: SourceRow): Promise<void> {
    return this.signals.send('change', ctx.tenantId, { kind: 'source', id: row.id, botId: row.botId, status: row.status, stage: row.stage, progress: row.progress });
  }
}
