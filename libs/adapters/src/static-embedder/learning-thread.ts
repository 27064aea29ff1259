import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { KnowledgeWeights, openEmbedder } from '@docent/embedder';
import { learnRows, standardLearning } from '@docent/embedder/training';
import type { Lesson } from '@docent/ports';

/** What the thread is given; it ends after one lesson. */
export interface LearningOrder {
  /** The embedder file. */
  embedder: Uint8Array;
  lesson: Lesson;
}

/** What it says: how far it is, and at last the rows. */
export type LearningNews = { share: number } | { rows: Uint8Array | null };

/** Longer is no better on small knowledge bases and only takes longer on large ones. */
const mostSeconds = 30;

/** Of each change, where it is to stay near to the embedder as it came. */
const gentleShare = 0.5;

/** The work of the thread. */
export async function runLearningThread(): Promise<void> {
  const { embedder: file, lesson } = workerData as LearningOrder;
  giveWay();
  const embedder = openEmbedder(file);
  const weights = new KnowledgeWeights(lesson.weights, embedder);
  const say = (news: LearningNews) => parentPort!.postMessage(news);
  const rows = await learnRows({
    embedder,
    passages: lesson.passages,
    pairs: lesson.pairs,
    weightOf: weights.weightOf,
    recipe: lesson.gently ? { share: gentleShare } : {},
    seconds: mostSeconds,
    report: (batch) => say({ share: batch / standardLearning.batches }),
  });
  say({ rows });
}

/** Behind everything that somebody waits for. Only Linux counts a thread as a process of its own here; elsewhere the whole server would slow down. */
function giveWay(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(0, 15);
  } catch {
    // Not allowed here: it learns at the priority of the server.
  }
}
