import type { ErrorCode, SavedFrom, Source } from '@docent/contracts';

/** A row of `sources`, as the database client returns it. */
export interface SourceRow {
  id: string;
  botId: string;
  type: string;
  name: string;
  url: string | null;
  status: string;
  stage: string;
  progress: number;
  errorCode: string | null;
  errorMessage: string | null;
  mediaType: string | null;
  fileKey: string | null;
  sizeBytes: bigint;
  pageCount: number | null;
  chunkCount: number;
  characterCount: number;
  language: string | null;
  input: unknown;
  savedFrom: unknown;
  needsReview: boolean;
  snapshotId: string | null;
  createdAt: Date;
  updatedAt: Date;
}

/** What a caller sees of a source. */
export function toSource(row: SourceRow): Source {
  return {
    id: row.id,
    botId: row.botId,
    type: row.type as Source['type'],
    name: row.name,
    status: row.status as Source['status'],
    stage: row.stage as Source['stage'],
    progress: row.progress,
    ...(row.errorCode ? { error: { code: row.errorCode as ErrorCode, message: row.errorMessage ?? '' } } : {}),
    mediaType: row.mediaType,
    url: row.url,
    sizeBytes: Number(row.sizeBytes),
    pageCount: row.pageCount,
    chunkCount: row.chunkCount,
    characterCount: row.characterCount,
    language: row.language,
    ...(row.savedFrom ? { savedFrom: { ...(row.savedFrom as Omit<SavedFrom, 'isReviewed'>), isReviewed: !row.needsReview } } : {}),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
