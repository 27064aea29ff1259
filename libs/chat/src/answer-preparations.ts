import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { RetrievalService, type FoundPassage } from '@docent/knowledge';
import { systemContext, type TenantContext, type TenantSql } from '@docent/platform';
import type { AskedQuestion } from './answerer';
import { AskedQuestions } from './asked-questions';

const passagesPerAnswer = 10;

/** Gathers what an answer is made from. Reading and searching change nothing, so they may begin while the question is still being stored. */
@Injectable()
export class AnswerPreparations {
  constructor(
    private readonly asked: AskedQuestions,
    private readonly retrieval: RetrievalService,
  ) {}

  /** For a question that is about to be stored in this conversation. */
  of(ctx: TenantContext, conversationId: string, question: string): AnswerPreparation {
    return new AnswerPreparation(
      (sql) => this.asked.readUnstored(sql, ctx, conversationId, question),
      (asked) => this.search(systemContext(ctx.tenantId, 'answer'), asked),
    );
  }

  /** Best first. */
  search(ctx: TenantContext, asked: Pick<AskedQuestion, 'botId' | 'query'>): Promise<FoundPassage[]> {
    return this.retrieval.search(ctx, asked.botId, asked.query, passagesPerAnswer);
  }
}

type Unstored = Omit<AskedQuestion, 'turnId'>;

/** One answer's preparation: first {@link read}, then {@link begin}; the answer takes the rest when its question is stored. */
export class AnswerPreparation {
  private gathered: { asked: Unstored; passages: Promise<FoundPassage[]> } | null = null;
  private asked: Unstored | null = null;

  constructor(
    private readonly readAsked: (sql: TenantSql) => Promise<Unstored | null>,
    private readonly search: (asked: Unstored) => Promise<FoundPassage[]>,
  ) {}

  /** Reads in the transaction that stores the question, with its first statements. */
  async read(sql: TenantSql): Promise<void> {
    this.asked = await this.readAsked(sql);
  }

  /** Begins to search, as soon as the statements that store the question are on their way. */
  begin(): void {
    const { asked } = this;
    if (!asked) return;
    const passages = yieldToOthers().then(() => this.search(asked));
    // Whoever takes it hears of a failure; nobody may.
    passages.catch(() => undefined);
    this.gathered = { asked, passages };
  }

  /** Null where it was not begun: whoever answers reads and searches for themselves. */
  take(turnId: string): { asked: AskedQuestion; passages: Promise<FoundPassage[]> } | null {
    return this.gathered && { asked: { turnId, ...this.gathered.asked }, passages: this.gathered.passages };
  }
}
