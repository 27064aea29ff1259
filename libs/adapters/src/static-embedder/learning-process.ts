import { setPriority } from 'node:os';
import { KnowledgeWeights, openEmbedder } from '@docent/embedder';
import { learnRows } from '@docent/embedder/training';
import type { Lesson } from '@docent/ports';

/** What the process is given; it ends after one lesson. */
export interface LearningOrder {
  /** The embedder file. */
  embedder: Uint8Array;
  lesson: Lesson;
}

/** What it says: how far it is, and at last the rows, or why there are none. */
export type LearningNews = { share: number } | { rows: Uint8Array | null } | { problem: string };

/** Of the processor: longer is no better on small knowledge bases and only takes longer on large ones. */
const mostSeconds = 30;

/** Of each change, where it is to stay near to the embedder as it came. */
const gentleShare = 0.5;

/** The whole life of a learning process: one order over the channel to its parent, one answer. It ends when the parent goes away. */
export function runLearningProcess(): void {
  giveWay();
  process.once('message', (order: LearningOrder) => void answer(order));
  process.on('disconnect', () => process.exit(0));
}

async function answer(order: LearningOrder): Promise<void> {
  try {
    say({ rows: await learn(order) });
  } catch (error) {
    say({ problem: error instanceof Error ? error.message : 'The lesson could not be learned' });
  }
}

function learn({ embedder: file, lesson }: LearningOrder): Promise<Uint8Array | null> {
  const embedder = openEmbedder(file);
  const weights = new KnowledgeWeights(lesson.weights, embedder);
  return learnRows({
    embedder,
    passages: lesson.passages,
    pairs: lesson.pairs,
    weightOf: weights.weightOf,
    recipe: lesson.gently ? { share: gentleShare } : {},
    seconds: mostSeconds,
    report: (share) => say({ share }),
  });
}

function say(news: LearningNews): void {
  process.send?.(news);
}

/** Behind everything that somebody waits for. */
function giveWay(): void {
  try {
    setPriority(0, 15);
  } catch {
    // Not allowed here: it learns at the priority of the server.
  }
}
