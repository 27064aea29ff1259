import { Injectable } from '@nestjs/common';
import { RetrievalService, type FoundPassage } from '@docent/knowledge';
import type { TenantContext } from '@docent/platform';
import { foreignQuoteText } from './answer/answer-texts';
import { CitationList } from './answer/citation-list';
import { decline } from './answer/decline';
import type { Answerer, AnswerEnd, AnswerPiece, AskedQuestion } from './answerer';
import { composeText } from './extractive/compose-text';
import { extractAnswer } from './extractive/extract-answer';
import type { ExtractedAnswer, ExtractPassage } from './extractive/extract-types';
import { gatherInput } from './extractive/gather-input';

/** What an answer without a model needs to know of a question. */
type Judged = Pick<AskedQuestion, 'botId' | 'query' | 'language'>;

/** Answers without a model: the sources' own sentences, verbatim, or a polite no. */
@Injectable()
export class ExtractiveAnswerer implements Answerer {
  constructor(private readonly retrieval: RetrievalService) {}

  async *answer(ctx: TenantContext, asked: AskedQuestion, found: FoundPassage[]): AsyncGenerator<AnswerPiece, AnswerEnd> {
    const extracted = await this.extract(ctx, asked, found);
    if (!extracted.answered) {
      return yield* decline(asked, extracted.closestTopics);
    }
    const citations = new CitationList(found);
    const numbers = extracted.sentences.map(({ passageIndex, start, end, quote }) => {
      const offset = found[passageIndex]!.start;
      return citations.numberOf({ passage: passageIndex + 1, start: offset + start, end: offset + end, quote, share: 1, clear: true });
    });
    const quotes = composeText(extracted.sentences, numbers);
    const notice = extracted.foreignLanguage && foreignQuoteText(asked.language, extracted.foreignLanguage);
    yield { text: notice ? `${notice}\n\n${quotes}` : quotes, citations: citations.all };
    return { answered: true, suggestions: [], confidence: extracted.confidence, finishReason: 'stop' };
  }

  /** How surely the passages answer, 0 to 1: the share of such answers that are right, whoever puts them into words. */
  async confidence(ctx: TenantContext, asked: Judged, found: FoundPassage[]): Promise<number> {
    return (await this.judge(ctx, asked, found)).confidence;
  }

  /** The same, and whether that is enough for an answer without a model. */
  async judge(ctx: TenantContext, asked: Judged, found: FoundPassage[]): Promise<{ answered: boolean; confidence: number }> {
    const { answered, confidence } = await this.extract(ctx, asked, found);
    return { answered, confidence };
  }

  private async extract(ctx: TenantContext, { botId, query, language }: Judged, found: FoundPassage[]): Promise<ExtractedAnswer> {
    const input = await gatherInput({
      question: query.understood,
      language,
      passages: found.map(toExtractPassage),
      weigh: (terms) => this.retrieval.weigh(ctx, botId, terms),
      embedder: await this.retrieval.meaning(ctx, botId),
    });
    return extractAnswer(input);
  }
}

/** A question with its answer is one passage whose heading is the question; its answer begins after the blank line. */
function toExtractPassage(found: FoundPassage): ExtractPassage {
  const { text, title, headings, language, score } = found;
  const passage: ExtractPassage = { text, title, headings, language, score, lexicalScore: found.scores.lexical, vectorScore: found.scores.vector };
  const answerStart = found.sourceType === 'qa' && found.start === 0 ? text.indexOf('\n\n') : -1;
  if (answerStart >= 0) passage.answer = { question: title, start: answerStart + 2, end: text.length };
  return passage;
}
