import type { MapQuestion, MeaningMap } from '@docent/contracts';

/** One question as it was asked, perhaps several times. */
export interface OpenQuestion {
  text: string;
  /** Places in `questions` of the map, the latest first. */
  asked: number[];
  latest: MapQuestion;
  /** A question-and-answer pair with these words has been added since. */
  isCovered: boolean;
}

/** What visitors asked about one topic without getting an answer. */
export interface Gap {
  /** Place in `topics` of the map; null: about nothing that the knowledge speaks of. */
  topic: number | null;
  title: string;
  questions: OpenQuestion[];
  /** How often that was asked; what is covered meanwhile does not count. */
  count: number;
}

/**
 * Unanswered questions by the topic that they are nearest to, what is asked most first. `justAnswered`: questions with an answer that is on
 * its way into the knowledge.
 */
export function findGaps(map: MeaningMap, justAnswered: readonly string[] = []): Gap[] {
  const names = map.sources.filter(({ type }) => type === 'qa').map(({ name }) => name);
  const pairs = new Set([...names, ...justAnswered].map(wordsOf));
  const gaps = new Map<number | null, Gap>();
  const known = new Map<string, OpenQuestion>();
  map.questions.forEach((question, index) => {
    if (question.answered) return;
    const words = wordsOf(question.text);
    const before = known.get(words);
    const gap = gapOf(gaps, map, before ? before.latest.topic : question.topic);
    if (before) before.asked.push(index);
    else {
      const open = { text: question.text.trim(), asked: [index], latest: question, isCovered: pairs.has(words) };
      known.set(words, open);
      gap.questions.push(open);
    }
    if (!pairs.has(words)) gap.count++;
  });
  for (const gap of gaps.values()) {
    gap.questions.sort((a, b) => Number(a.isCovered) - Number(b.isCovered) || b.asked.length - a.asked.length);
  }
  return [...gaps.values()].sort((a, b) => b.count - a.count);
}

function gapOf(gaps: Map<number | null, Gap>, map: MeaningMap, topic: number | null): Gap {
  const found = gaps.get(topic);
  if (found) return found;
  const gap = { topic, title: topic === null ? '' : (map.topics[topic]?.title ?? ''), questions: [], count: 0 };
  gaps.set(topic, gap);
  return gap;
}

/** A source's name is cut at 200 characters. */
function wordsOf(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase().slice(0, 200);
}
