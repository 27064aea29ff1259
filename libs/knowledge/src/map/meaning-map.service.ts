import { Injectable } from '@nestjs/common';
import { maximumMapPassages, type MeaningMap } from '@docent/contracts';
import type { TenantContext } from '@docent/platform';
import { Embedder, KnowledgeIndex, type KnowledgeEmbedder } from '@docent/ports';
import { MeaningKeeper } from '../meaning/meaning-keeper';
import { DrawnKnowledge, titleOf, type DrawnQuestion } from './drawn-knowledge';
import { KeptMaps } from './kept-maps';
import { MapRowsRepository, type MapPassageRow, type MapQuestionRow, type MapSourceRow } from './map-rows.repository';
import { TimeSlices } from './time-slices';

/** Draws a bot's knowledge by meaning, with what its visitors asked. */
@Injectable()
export class MeaningMapService {
  private readonly kept = new KeptMaps();

  constructor(
    private readonly repository: MapRowsRepository,
    private readonly meaning: MeaningKeeper,
    private readonly embedder: Embedder,
    private readonly index: KnowledgeIndex,
  ) {}

  /** The map of a bot that exists. Without an embedder it has the questions only. */
  async draw(ctx: TenantContext, botId: string): Promise<MeaningMap> {
    const [embedder, sources, questions] = await Promise.all([
      this.meaning.embedderOf(ctx, botId),
      this.repository.sources(ctx, botId),
      this.repository.questions(ctx, botId),
    ]);
    const total = sources.reduce((sum, source) => sum + source.chunk_count, 0);
    const known = {
      passages: total,
      sources: sources.map(({ id, name, type, chunk_count: passages }) => ({ id, name, type, passages })),
    };
    if (!embedder)
      return {
        set: null,
        sampled: false,
        points: [],
        topics: [],
        ...known,
        questions: questions.map((row) => ({ ...toQuestion(row), topic: null, nearest: null, place: null })),
      };
    const drawn = await this.kept.get(`${ctx.tenantId} ${botId}`, stateOf(embedder, sources), async () => {
      const rows = await this.repository.passages(ctx, botId, total);
      return DrawnKnowledge.draw(rows, embedder, await this.storedVectors(ctx, botId, embedder, rows));
    });
    return {
      set: embedder.set,
      sampled: total > maximumMapPassages,
      points: toPoints(drawn),
      topics: drawn.topics.map(({ title, passages, place }) => ({ title, passages, ...place })),
      ...known,
      questions: await placeQuestions(questions, drawn, embedder),
    };
  }

  /** The embedder in the box makes vectors faster than an index gives them back; any other one costs time, or money. */
  private async storedVectors(
    ctx: TenantContext,
    botId: string,
    { set }: KnowledgeEmbedder,
    rows: MapPassageRow[],
  ): Promise<Map<string, Float32Array>> {
    if (this.embedder.learns) return new Map();
    return this.index.vectorsOf(
      ctx,
      botId,
      set,
      rows.map(({ id }) => id),
    );
  }
}

/** What a drawing is true of. A source that is replaced changes its time. */
function stateOf(embedder: KnowledgeEmbedder, sources: MapSourceRow[]): string {
  return [embedder.set, ...sources.map(({ id, updated_at }) => `${id} ${updated_at.getTime()}`)].join('\n');
}

function toPoints(drawn: DrawnKnowledge): MeaningMap['points'] {
  return drawn.rows.map((row, at) => ({
    chunkId: row.id,
    sourceId: row.source_id,
    title: titleOf(row),
    excerpt: drawn.excerpts[at]!,
    start: row.start_offset,
    end: row.end_offset,
    topic: drawn.topicOf[at]!,
    ...drawn.places[at]!,
  }));
}

const questionsAtOnce = 16;

/** The same words are placed once. An embedder elsewhere is asked for a few at a time. */
async function placeQuestions(
  rows: MapQuestionRow[],
  drawn: DrawnKnowledge,
  embedder: KnowledgeEmbedder,
): Promise<MeaningMap['questions']> {
  const slices = new TimeSlices();
  const placed = new Map<string, DrawnQuestion>();
  const unknown = new Set<string>();
  for (const { question } of rows) {
    const known = drawn.placed(question);
    if (known) placed.set(question, known);
    else unknown.add(question);
  }
  const texts = [...unknown];
  for (let from = 0; from < texts.length; from += questionsAtOnce) {
    const some = texts.slice(from, from + questionsAtOnce);
    const vectors = await Promise.all(some.map((text) => embedder.embedQuestion(text)));
    for (const [at, text] of some.entries()) {
      placed.set(text, drawn.placeQuestion(text, vectors[at]!.values));
      await slices.breathe();
    }
  }
  return rows.map((row) => ({ ...toQuestion(row), ...placed.get(row.question)! }));
}

function toQuestion({
  conversation_id: conversationId,
  message_seq: seq,
  question: text,
  answered,
  created_at: askedAt,
}: MapQuestionRow) {
  return { conversationId, seq, text, answered, askedAt: askedAt.toISOString() };
}
