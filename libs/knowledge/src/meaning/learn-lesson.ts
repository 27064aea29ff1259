import { createHash } from 'node:crypto';
import type { Lesson } from '@docent/ports';
import type { StoredChunk } from '../sources.repository';
import { toText } from './bot-vectors';
import type { GoldenQuestionRow } from './golden-questions.repository';
import type { AnsweredQuestion, ApprovedAnswer } from './learn-evidence.repository';
import type { GateQuestion } from './learn-gate';

/** What there is to learn from and to judge by. */
export interface LearnMaterial {
  passages: StoredChunk[];
  golden: GoldenQuestionRow[];
  answered: AnsweredQuestion[];
  approved: ApprovedAnswer[];
}

/** More passages than about this teach nothing new about the words: some of them are taken then. */
const enoughPassages = 5_000;
/** With so many questions of its own, a bot needs none made from headings. */
const enoughQuestions = 20;
const mostMade = 100;
const madeShare = 0.1;
/** Of the praised answers, this share judges and is not learned from. */
const judgingShare = 1 / 3;

/** Whether a passage is read, of so many. The text decides: the same knowledge teaches the same, in whatever order it came. */
export function isRead({ body }: Pick<StoredChunk, 'body'>, passages: number): boolean {
  return shareOf(body) < enoughPassages / passages;
}

/**
 * Parts the material: what judges is never learned from. Golden questions only judge; of the praised answers some judge and the others
 * teach; where there are few of both, the headings of some passages are taken from the lesson and asked instead.
 */
export function prepareLesson({ passages, golden, answered, approved }: LearnMaterial): { lesson: Omit<Lesson, 'weights'>; questions: GateQuestion[] } {
  const known = new Map(passages.map((passage) => [passage.id, passage]));
  const own = [
    ...golden.map(({ question, gold, source_id: sourceId }) => ({ question, gold: gold.length > 0 ? gold : passages.filter((passage) => passage.sourceId === sourceId).map(({ id }) => id) })),
    ...answered.filter(({ question, isPraised }) => !isPraised || shareOf(question) < judgingShare).map(({ question, passages: gold }) => ({ question, gold })),
  ].flatMap((question) => toGateQuestion(question, known));
  const judging = new Set(own.map(({ question }) => plain(question)));
  const made = own.length < enoughQuestions ? makeQuestions(passages) : [];
  const untitled = new Set(made.flatMap(({ gold }) => [...gold]));
  const answers = new Map(approved.map((answer) => [answer.sourceId, answer]));
  const pairs = [
    ...approved.map(({ question, answer }) => ({ question, answer })),
    ...answered.filter(({ isPraised }) => isPraised).flatMap(({ question, passages: cited }) => cited.flatMap((id) => (known.has(id) ? { question, answer: known.get(id)!.body } : []))),
  ].filter(({ question }) => !judging.has(plain(question)));
  const lessons = passages.map((passage) => toLesson(passage, answers.get(passage.sourceId), untitled.has(passage.id)));
  return { lesson: { passages: lessons.sort(byText), pairs }, questions: [...own, ...made] };
}

/** The stored text of a question with its answer begins with the question, which stands as its heading already. */
function toLesson(passage: StoredChunk, answer: ApprovedAnswer | undefined, isUntitled: boolean): Lesson['passages'][number] {
  const { title, text } = toText(passage);
  const body = answer && text.startsWith(answer.question) ? text.slice(answer.question.length) : text;
  return { source: passage.sourceId, title: isUntitled ? '' : title, text: body };
}

/** Chance draws by place, and places in the database are those in which several sources happened to be read at once. */
function byText(one: Lesson['passages'][number], other: Lesson['passages'][number]): number {
  return compare(one.text, other.text) || compare(one.title, other.title);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

function makeQuestions(passages: StoredChunk[]): GateQuestion[] {
  const byHeading = new Map<string, string[]>();
  for (const { id, headings } of passages) {
    const heading = headings.at(-1);
    if (!heading || heading.trim().split(/\s+/u).length < 2) continue;
    byHeading.set(heading, [...(byHeading.get(heading) ?? []), id]);
  }
  const wanted = Math.min(mostMade, Math.round(passages.length * madeShare));
  return [...byHeading]
    .sort(([left], [right]) => shareOf(left) - shareOf(right))
    .slice(0, wanted)
    .map(([question, gold]) => ({ question, gold: new Set(gold), isMade: true }));
}

function toGateQuestion({ question, gold }: { question: string; gold: string[] }, known: ReadonlyMap<string, unknown>): GateQuestion[] {
  const present = gold.filter((id) => known.has(id));
  return present.length > 0 ? [{ question, gold: new Set(present), isMade: false }] : [];
}

/** A number from 0 to 1 that is always the same for a text. */
function shareOf(text: string): number {
  return createHash('sha256').update(plain(text)).digest().readUInt32BE(0) / 2 ** 32;
}

function plain(question: string): string {
  return question.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}
