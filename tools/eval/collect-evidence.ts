import { judgementOf, type Judgement } from '../../libs/chat/src/extractive/confidence';
import { pickSentences, readPassages } from '../../libs/chat/src/extractive/extract-answer';
import { featuresOf, type Features } from '../../libs/chat/src/extractive/features';
import { DirectProduct } from './direct-product';
import { readEvalSets, type EvalQuestion, type EvalSet } from './eval-set';
import { readHeldOutPages } from './held-out';
import { holdsAnswer } from './holds-answer';
import { otherLanguages } from './parallel-sets';
import { withTypos } from './variants';

/** One question: the evidence for its answer, and whether that answer would be right. */
export interface Evidence {
  /** Where the question is from and what it is put to. */
  set: string;
  /** Sets of one family are left out together. */
  family: string;
  judgement: Judgement;
  answerable: boolean;
  right: boolean;
  features: Features;
  /** One of a set's own questions, as it is. */
  isAsAsked: boolean;
  /** Question and knowledge are in two languages. */
  isForeign: boolean;
  /** What a question of this kind counts against one of a set as it is. */
  weight: number;
}

/** Of a larger set every n-th question is asked. */
const mostQuestions = 600;

interface Asked {
  name: string;
  questions: EvalQuestion[];
  weight: number;
  /** Answer strings are in the question's language: judged by the gold unit. */
  isForeign?: boolean;
}

/** Every question of every set, as asked and with typos, across languages, and strangers (sets without knowledge) to each knowledge base. */
export async function collectEvidence(dir: string, corpus: string, only?: string[]): Promise<Evidence[]> {
  const all = readEvalSets(dir);
  const strangers = all.filter((set) => set.form === 'questions-only').flatMap((set) => set.questions);
  const product = new DirectProduct();
  const found: Evidence[] = [];
  for (const set of all) {
    if (set.form === 'questions-only' || (only && !only.includes(set.name))) continue;
    await product.load(set);
    const own = set.questions.filter((_, at) => at % Math.ceil(set.questions.length / mostQuestions) === 0);
    const asked: Asked[] = [
      { name: set.name, questions: own, weight: 1 },
      { name: `typos ${set.name}`, questions: withTypos({ ...set, questions: everySecond(own) }), weight: 0.3 },
      { name: `strangers ${set.name}`, questions: strangers, weight: 0.15 },
      ...otherLanguages(set, all).map(({ from, to, questions }): Asked => ({
        name: `${from} over ${to}`,
        questions: everySecond(questions.questions),
        weight: 0.5,
        isForeign: true,
      })),
    ];
    for (const one of asked) found.push(...(await evidenceOf(product, set, one)));
    process.stderr.write(`${set.name}\n`);
  }
  if (!only || only.includes('held-out')) found.push(...(await heldOutEvidence(product, corpus, all)));
  return found;
}

/** Help-centre questions in other languages; what articles are asked about (in the same languages) is not answered there. */
async function heldOutEvidence(product: DirectProduct, corpus: string, all: EvalSet[]): Promise<Evidence[]> {
  const heldOut = readHeldOutPages(corpus);
  if (!heldOut) return [];
  await product.load(heldOut.set);
  const found: Evidence[] = [];
  for (const { language, questions } of heldOut.questions) {
    found.push(
      ...(await evidenceOf(product, heldOut.set, { name: `held out ${language}`, questions, weight: 1, isForeign: true })),
    );
    const strange = all.find((set) => set.name === `xquad-${language}`)?.questions.slice(0, 150) ?? [];
    const unanswerable = strange.map((question) => ({ ...question, answerable: false, gold: [], answers: [] }));
    found.push(
      ...(await evidenceOf(product, heldOut.set, {
        name: `strange to held out ${language}`,
        questions: unanswerable,
        weight: 0.5,
        isForeign: true,
      })),
    );
  }
  return found;
}

async function evidenceOf(
  product: DirectProduct,
  set: EvalSet,
  { name, questions, weight, isForeign }: Asked,
): Promise<Evidence[]> {
  const found: Evidence[] = [];
  for (const question of questions) {
    if (question.answerable === null) continue;
    const { input: given, results } = await product.retrieve(question.question, question.history);
    for (const meaning of isForeign ? [given.meaning] : [given.meaning, null]) {
      const read = await readPassages({ ...given, meaning });
      const best = read.sentences[0];
      if (!best || read.question.words.length === 0) continue;
      const quoted = pickSentences(read);
      const byGold = isForeign || question.answers.length === 0;
      const right = byGold
        ? question.gold.includes(results[quoted[0]!.passageIndex]!.id)
        : quoted.some(({ quote }) => holdsAnswer(quote, question.answers));
      found.push({
        set: name,
        family: familyOf(set.name),
        judgement: judgementOf(read.question, read.input, best),
        answerable: question.answerable,
        right: question.answerable && right,
        features: await featuresOf(read.question, read.input, best),
        isAsAsked: name === set.name,
        isForeign: isForeign === true,
        weight,
      });
    }
  }
  return found;
}

function everySecond<T>(list: T[]): T[] {
  return list.filter((_, at) => at % 2 === 0 || list.length < 200);
}

/** Parallel sets hold the same questions. */
function familyOf(name: string): string {
  return name.replace(/-[a-z]{2}$/, '');
}
