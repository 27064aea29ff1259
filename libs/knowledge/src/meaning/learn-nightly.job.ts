import { Injectable } from '@nestjs/common';
import { enqueueJobAt, JobHandler, TenantDb, type JobPayload, type TenantContext } from '@docent/platform';
import { KnowledgeModelsRepository } from './knowledge-models.repository';
import { LearnEvidenceRepository } from './learn-evidence.repository';
import { readLearnNote } from './learn-note';

export const nightlyTask = 'learn-nightly';

const dayMs = 24 * 3_600_000;
/** The nights of the bots are spread over these hours (UTC), each bot always at the same minute. */
const nightBegins = 0;
const nightHours = 5;

/**
 * Once a night: where other answers are praised or approved than when the bot learned last, or a little knowledge has changed, it learns
 * anew. Whether what it learned is used is decided as always, by the gate.
 */
@Injectable()
export class LearnNightlyJob extends JobHandler {
  readonly task = nightlyTask;

  constructor(
    private readonly db: TenantDb,
    private readonly evidence: LearnEvidenceRepository,
    private readonly models: KnowledgeModelsRepository,
  ) {
    super();
  }

  async run(ctx: TenantContext, { botId }: JobPayload): Promise<void> {
    // A bot that is gone or does not learn any more is not looked at again; learning anew brings its nights back.
    if (!botId || !(await this.evidence.isOn(ctx, botId))) return;
    const note = readLearnNote((await this.models.note(ctx, botId))?.learned);
    if (!note) return;
    const since = new Date(note.at);
    const hasChanged = (await this.evidence.changedPassages(ctx, botId, since)) > 0 || (await this.models.countPassages(ctx, botId)) !== note.passages;
    if (hasChanged || (await this.evidence.countUse(ctx, botId)) !== note.use) await this.models.requestSettling(ctx, botId, { isWanted: true });
    await this.enqueue(ctx, botId);
  }

  /** Has the bot looked at in the next night; replaces what was planned. */
  enqueue(ctx: TenantContext, botId: string): Promise<void> {
    return this.db.run(ctx, (db) => enqueueJobAt(db, ctx, nightlyTask, { botId }, `${nightlyTask} ${botId}`, nextNight(botId, new Date())));
  }
}

/** The bot's minute in the night that comes next, at least an hour away: this one has just been. */
export function nextNight(botId: string, now: Date): Date {
  const minute = nightBegins * 60 + (Number.parseInt(botId.slice(-6), 16) % (nightHours * 60));
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()) + minute * 60_000;
  return new Date(today > now.getTime() + 3_600_000 ? today : today + dayMs);
}
