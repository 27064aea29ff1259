import { maximumMapQuestions } from '@docent/contracts';
import type { KnowledgeEmbedder } from '@docent/ports';
import { toText } from '../meaning/bot-vectors';
import { findTopics, nearestTopic } from './find-topics';
import type { MapPassageRow } from './map-rows.repository';
import { Projection, type Place } from './project-vectors';
import { TimeSlices } from './time-slices';
import { dot } from './vectors';

const passagesPerCall = 64;
const mostQuestions = 2 * maximumMapQuestions;

export interface DrawnQuestion {
  place: Place | null;
  topic: number | null;
  nearest: { point: number; closeness: number } | null;
}

/** A bot's passages on the plane, and the means to place questions among them. Kept while the knowledge stays the same. */
export class DrawnKnowledge {
  private readonly questions = new Map<string, DrawnQuestion>();

  private constructor(
    readonly rows: readonly Omit<MapPassageRow, 'body'>[],
    readonly excerpts: readonly string[],
    readonly places: readonly Place[],
    readonly topicOf: Int32Array,
    readonly topics: readonly { title: string; passages: number; place: Place }[],
    private readonly vectors: readonly Float32Array[],
    private readonly centres: readonly Float32Array[],
    private readonly projection: Projection,
  ) {}

  /**
   * Lays out passages, in slices that leave the event loop free; those without a vector in `stored` (by chunk id) are embedded. Those that
   * mean nothing to the embedder are left out.
   */
  static async draw(
    all: readonly MapPassageRow[],
    embedder: KnowledgeEmbedder,
    stored: ReadonlyMap<string, Float32Array>,
  ): Promise<DrawnKnowledge> {
    const slices = new TimeSlices();
    const missing = await embedAll(
      all.filter(({ id }) => !stored.has(id)),
      embedder,
      slices,
    );
    const embedded = all.map(({ id }) => stored.get(id) ?? missing.shift()!);
    const isFull = embedded.map((vector) => vector.some((value) => value !== 0));
    const [rows, vectors] = [all.filter((_, at) => isFull[at]), embedded.filter((_, at) => isFull[at])];
    const { centres, topicOf } = await findTopics(vectors, slices);
    const projection = new Projection(centres);
    const places: Place[] = [];
    for (const vector of vectors) {
      places.push(projection.place(vector) ?? { x: 0, y: 0 });
      await slices.breathe();
    }
    const topics = centres.map((centre, topic) => describeTopic(topic, centre, { rows, vectors, topicOf, places }));
    const lean = rows.map(({ body: _body, ...row }) => row);
    return new DrawnKnowledge(lean, rows.map(firstWords), places, topicOf, topics, vectors, centres, projection);
  }

  /** Bytes that keeping this costs, roughly. */
  get weight(): number {
    const dimensions = this.vectors[0]?.length ?? 0;
    return this.rows.length * (dimensions * Float32Array.BYTES_PER_ELEMENT + 800);
  }

  /** A question that was placed before: its words need not be embedded again. */
  placed(text: string): DrawnQuestion | undefined {
    return this.questions.get(text);
  }

  /** Places a question, and keeps that for the next time. */
  placeQuestion(text: string, vector: Float32Array): DrawnQuestion {
    const drawn = this.find(vector);
    const [oldest] = this.questions.keys();
    if (oldest !== undefined && this.questions.size >= mostQuestions) this.questions.delete(oldest);
    this.questions.set(text, drawn);
    return drawn;
  }

  private find(vector: Float32Array): DrawnQuestion {
    const place = this.projection.place(vector);
    const topic = place ? nearestTopic(vector, this.centres) : -1;
    if (!place || topic < 0) return { place: null, topic: null, nearest: null };
    let point = 0;
    let closeness = -1;
    for (let at = 0; at < this.vectors.length; at++) {
      const found = dot(vector, this.vectors[at]!);
      if (found > closeness) [point, closeness] = [at, found];
    }
    return { place, topic, nearest: { point, closeness } };
  }
}

async function embedAll(
  rows: readonly MapPassageRow[],
  embedder: KnowledgeEmbedder,
  slices: TimeSlices,
): Promise<Float32Array[]> {
  const vectors: Float32Array[] = [];
  for (let from = 0; from < rows.length; from += passagesPerCall) {
    const texts = rows.slice(from, from + passagesPerCall).map(toText);
    for (const { whole } of await embedder.embedPassages(texts)) vectors.push(whole);
    await slices.breathe();
  }
  return vectors;
}

interface Drawn {
  rows: readonly MapPassageRow[];
  vectors: readonly Float32Array[];
  topicOf: Int32Array;
  places: readonly Place[];
}

/** A topic is called by the passage in its middle, and stands where its passages stand on average. */
function describeTopic(topic: number, centre: Float32Array, { rows, vectors, topicOf, places }: Drawn) {
  let middle = -1;
  let closest = -2;
  let passages = 0;
  const place = { x: 0, y: 0 };
  topicOf.forEach((own, at) => {
    if (own !== topic) return;
    passages++;
    place.x += places[at]!.x;
    place.y += places[at]!.y;
    const closeness = dot(vectors[at]!, centre);
    if (closeness > closest) [middle, closest] = [at, closeness];
  });
  const title = middle < 0 ? '' : titleOf(rows[middle]!);
  return { title, passages, place: passages > 0 ? { x: place.x / passages, y: place.y / passages } : place };
}

/** The innermost heading, or the title of the source. */
export function titleOf({ title, headings }: Pick<MapPassageRow, 'title' | 'headings'>): string {
  return headings.at(-1) || title;
}

/** Without the heading, which is the title already. */
function firstWords({ body, ...row }: MapPassageRow): string {
  const line = body.replace(/\s+/g, ' ').trim();
  const title = titleOf(row).replace(/\s+/g, ' ');
  const text = line.startsWith(`${title} `) ? line.slice(title.length + 1) : line;
  if (text.length <= excerptLength) return text;
  const end = text.lastIndexOf(' ', excerptLength);
  return `${text.slice(0, end > 0 ? end : excerptLength).toWellFormed()}…`;
}

const excerptLength = 140;
