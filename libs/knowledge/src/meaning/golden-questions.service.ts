import { Injectable } from '@nestjs/common';
import { maximumGoldenQuestions, type CreateGoldenQuestion, type GoldenQuestion } from '@docent/contracts';
import { AppError, found, type TenantContext } from '@docent/platform';
import { buildQuery } from '../build-query';
import { RetrievalService } from '../retrieval.service';
import { GoldenQuestionsRepository, type GoldenQuestionRow } from './golden-questions.repository';

/** How deep a question's rank is looked for, and how many questions are asked for one list: each is a search. */
const deepest = 50;
const mostAsked = 200;

/** The owner's own questions, each with the source that answers it, and where the present search finds it. */
@Injectable()
export class GoldenQuestionsService {
  constructor(
    private readonly questions: GoldenQuestionsRepository,
    private readonly retrieval: RetrievalService,
  ) {}

  async list(ctx: TenantContext, botId: string): Promise<{ items: GoldenQuestion[] }> {
    const rows = await this.questions.list(ctx, botId);
    const items: GoldenQuestion[] = [];
    for (const [at, row] of rows.entries())
      items.push(toGoldenQuestion(row, at < mostAsked ? { rank: await this.rankOf(ctx, botId, row) } : null));
    return { items };
  }

  /** Throws not_found for a source that the bot does not have, conflict where there are as many questions as a bot may have. */
  async create(ctx: TenantContext, botId: string, given: CreateGoldenQuestion): Promise<GoldenQuestion> {
    if ((await this.questions.count(ctx, botId)) >= maximumGoldenQuestions)
      throw new AppError(
        'conflict',
        { limit: maximumGoldenQuestions },
        { message: `A bot has at most ${maximumGoldenQuestions} such questions. Delete one first.` },
      );
    const { id } = found(await this.questions.create(ctx, botId, given));
    const row = found((await this.questions.list(ctx, botId)).find((question) => question.id === id));
    return toGoldenQuestion(row, { rank: await this.rankOf(ctx, botId, row) });
  }

  async remove(ctx: TenantContext, id: string): Promise<{ ok: true }> {
    if (!(await this.questions.remove(ctx, id))) throw new AppError('not_found');
    return { ok: true };
  }

  private async rankOf(ctx: TenantContext, botId: string, { question, gold, source_id: sourceId }: GoldenQuestionRow): Promise<number | null> {
    const passages = await this.retrieval.search(ctx, botId, buildQuery(question, []), deepest);
    const right = new Set(gold);
    // A quote that the source no longer holds: each passage of the source will do.
    const at = passages.findIndex((passage) => (right.size > 0 ? right.has(passage.chunkId) : passage.sourceId === sourceId));
    return at < 0 ? null : at + 1;
  }
}

function toGoldenQuestion(row: GoldenQuestionRow, rank: GoldenQuestion['found']): GoldenQuestion {
  return {
    id: row.id,
    botId: row.bot_id,
    question: row.question,
    sourceId: row.source_id,
    sourceName: row.source_name,
    quote: row.quote,
    found: rank,
    createdAt: row.created_at.toISOString(),
  };
}
