import { Injectable } from '@nestjs/common';
import { errorCodes, type ErrorCode } from '@docent/contracts';
import { AppError, JobHandler, Signals, type JobPayload, type TenantContext } from '@docent/platform';
import { Egress, EgressError, ExtractionError, FileStorage, TextExtractor, type ExtractedText } from '@docent/ports';
import { decodePage } from './decode-page';
import { IndexKeeper } from './index-keeper';
import { SourcesRepository } from './sources.repository';
import { SourcePreparer } from './preparing/source-preparer';
import type { StagedSource } from './staged-source';
import type { SnapshotToStore, StoredSource, StoreWatcher } from './store-snapshot';
import type { SourceRow } from './to-source';

export const ingestTask = 'ingest';

const maxPageBytes = 20 * 1024 * 1024;
const pageTimeoutMs = 20_000;
const ready = { status: 'ready', stage: 'ready', progress: 100 };

/** A source on its way: text out of it, passages out of the text, passages into the index. */
@Injectable()
export class IngestJob extends JobHandler {
  readonly task = ingestTask;

  constructor(
    private readonly sources: SourcesRepository,
    private readonly files: FileStorage,
    private readonly extractor: TextExtractor,
    private readonly egress: Egress,
    private readonly preparer: SourcePreparer,
    private readonly index: IndexKeeper,
    private readonly signals: Signals,
  ) {
    super();
  }

  async run(ctx: TenantContext, { sourceId }: JobPayload, attempt: { isLastTry: boolean; signal: AbortSignal }): Promise<void> {
    const row = sourceId ? await this.sources.find(ctx, sourceId) : null;
    if (!row) return;
    // An earlier run stored it and was ended before its receipt: nobody knows whether the others heard of it.
    if (row.status === 'ready') return this.index.refreshSource(ctx, row.botId, row.id);
    try {
      await this.ingest(ctx, row, attempt.signal);
    } catch (error) {
      const refusal = toRefusal(error);
      if (!refusal && !attempt.isLastTry) throw error;
      await this.fail(ctx, row, refusal ?? { code: 'internal', message: errorCodes.internal.message });
      if (!refusal) throw error;
    }
  }

  private async ingest(ctx: TenantContext, row: SourceRow, signal: AbortSignal): Promise<void> {
    const extracted = await this.extract(ctx, row, signal);
    if (extracted.text.trim() === '') throw new ExtractionError('file_empty', errorCodes.file_empty.message);
    await this.report(ctx, row, 'chunking', 45);
    const staged = await this.index.stage(ctx, row.botId, row.id);
    const prepared = await this.preparer.prepare(extracted, staged !== null);
    const stored = await this.store(ctx, row, { extracted, prepared }, staged).finally(() => prepared.close());
    if (stored.state === 'gone') return;
    if (stored.state === 'ready') return this.announce(ctx, row, stored.passages, staged!);
    if (!(await staged?.publish(stored.passages))) await this.feedIndex(ctx, row, stored.passages);
    await this.report(ctx, row, 'ready', 100);
  }

  /** Of a source that became ready with its commit. */
  private async announce(ctx: TenantContext, row: SourceRow, passages: number, staged: StagedSource): Promise<void> {
    await this.tell(ctx, { ...row, ...ready });
    if (!(await staged.publish(passages))) await this.index.refreshSource(ctx, row.botId, row.id);
  }

  /** What was staged is taken back where nothing was stored. */
  private async store(ctx: TenantContext, row: SourceRow, snapshot: SnapshotToStore, staged: StagedSource | null): Promise<StoredSource> {
    const stored = await this.sources.storeSnapshot(ctx, row, snapshot, staged ? this.watch(ctx, row, snapshot, staged) : undefined).catch(async (error: unknown) => {
      await staged?.undo();
      throw error;
    });
    if (stored.state === 'gone') await staged?.undo();
    return stored;
  }

  private watch(ctx: TenantContext, row: SourceRow, { extracted: { title }, prepared: { language } }: SnapshotToStore, staged: StagedSource): StoreWatcher {
    let sent = 0;
    return {
      sent: async (ids, batch) => {
        sent += batch.count;
        // Only told: the row is held by the transaction that is storing.
        const progress = 45 + Math.floor((sent / batch.total) * 50);
        this.tell(ctx, { ...row, status: 'processing', stage: 'indexing', progress }).catch(() => undefined);
        await staged.add({ ids, title, language, batch });
      },
      isReady: async (passages) => this.index.isReadyByWords(passages) && (await staged.isWhole(passages)),
    };
  }

  private async feedIndex(ctx: TenantContext, row: SourceRow, count: number): Promise<void> {
    await this.report(ctx, row, 'indexing', 60);
    let reported = 60;
    await this.index.refreshSource(ctx, row.botId, row.id, async (done) => {
      // A bot that is first fed counts its other sources too.
      const percent = 60 + Math.floor(Math.min(1, done / count) * 39);
      if (percent - reported < 5) return;
      reported = percent;
      await this.report(ctx, row, 'indexing', percent);
    });
  }

  private async extract(ctx: TenantContext, row: SourceRow, signal: AbortSignal): Promise<ExtractedText> {
    if (row.type === 'qa') return questionAndAnswer(row.input as { question: string; answer: string });
    if (row.type === 'url') {
      await this.report(ctx, row, 'fetching', 5);
      const page = await this.fetchPage(row.url!, signal);
      await this.report(ctx, row, 'extracting', 15);
      const contentType = page.headers['content-type'] ?? '';
      return this.extractor.extract(decodePage(page.body, contentType), pageName(page.url, contentType), signal);
    }
    await this.report(ctx, row, 'extracting', 10);
    const content = row.fileKey ? await this.files.get(ctx, row.fileKey) : null;
    if (!content) throw new AppError('file_broken');
    const extracted = await this.extractor.extract(content, row.type === 'text' ? 'text.md' : row.name, signal);
    return row.type === 'text' ? { ...extracted, title: row.name } : extracted;
  }

  private async fetchPage(url: string, signal: AbortSignal) {
    const page = await this.egress.fetch({ url, maxBytes: maxPageBytes, timeoutMs: pageTimeoutMs, signal });
    if (page.status >= 400) throw new EgressError('unreachable', `The page answered with status ${page.status}.`);
    return page;
  }

  private async report(ctx: TenantContext, row: SourceRow, stage: string, progress: number): Promise<void> {
    const now = stage === 'ready' ? ready : { status: 'processing', stage, progress };
    if (await this.sources.report(ctx, row.id, now)) await this.tell(ctx, { ...row, ...now });
  }

  private async fail(ctx: TenantContext, row: SourceRow, { code, message }: { code: ErrorCode; message: string }): Promise<void> {
    // What failed may be what comes after: a source that is stored and found has not failed.
    if ((await this.sources.find(ctx, row.id))?.status === 'ready') return;
    const updated = await this.sources.update(ctx, row.id, { status: 'failed', stage: 'failed', errorCode: code, errorMessage: message });
    if (updated) await this.tell(ctx, updated);
  }

  private tell(ctx: TenantContext, row: SourceRow): Promise<void> {
    return this.signals.send('change', ctx.tenantId, { kind: 'source', id: row.id, botId: row.botId, status: row.status, stage: row.stage, progress: row.progress });
  }
}

/** Refusals that trying again would not change, in words for the owner; null for everything else. */
function toRefusal(error: unknown): { code: ErrorCode; message: string } | null {
  if (error instanceof ExtractionError) return { code: error.code, message: error.message };
  if (error instanceof AppError) return { code: error.code, message: error.message };
  if (!(error instanceof EgressError)) return null;
  // Which rule it is against: a port, a protocol, a name and password in it, or where it leads.
  if (error.code === 'address_not_allowed') return { code: 'address_not_allowed', message: error.message };
  if (error.code === 'too_large') return { code: 'too_large', message: errorCodes.too_large.message };
  return { code: 'page_unreachable', message: `${errorCodes.page_unreachable.message} (${error.message})` };
}

function questionAndAnswer({ question, answer }: { question: string; answer: string }): ExtractedText {
  return { title: question, mediaType: 'text/plain', text: `${question}\n\n${answer}`, pages: [], headings: [{ level: 1, text: question, start: 0 }], tables: [] };
}

/** A name for the extractor, which looks at it only where the content leaves a doubt. */
function pageName(url: string, contentType: string): string {
  const extension = { 'text/html': 'html', 'text/markdown': 'md', 'text/csv': 'csv', 'text/plain': 'txt' }[contentType.split(';')[0]!.trim().toLowerCase()];
  return extension ? `page.${extension}` : (new URL(url).pathname.split('/').pop() ?? 'page');
}
