import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Judgement } from '../../libs/chat/src/extractive/confidence';
import type { Features } from '../../libs/chat/src/extractive/features';
import { auroc } from './auroc';
import { collectEvidence, type Evidence } from './collect-evidence';
import { fitLogistic, probabilityOf, type Logistic } from './fit-logistic';

/**
 * `tsx tools/eval/fit-confidence.ts [--evidence <file>]`: the coefficients of libs/chat/src/extractive/confidence.ts, and what they are worth on
 * sets left out. Collecting takes minutes: the evidence is kept in the file, and read from it where it is there.
 */
const { values } = parseArgs({
  options: {
    dir: { type: 'string', default: '../shared/eval' },
    corpus: { type: 'string', default: '../shared/corpus' },
    evidence: { type: 'string' },
  },
});

/** What each judgement looks at, and which way it may point: more evidence never lowers the confidence. */
const chosen: Record<Judgement, Partial<Record<keyof Features, 1 | -1>>> = {
  words: { density: 1, evidence: 1, missingName: -1, unknownName: -1, inside: 1, negation: -1, wrongType: -1 },
  both: {
    density: 1,
    evidence: 1,
    margin: 1,
    agreement: 1,
    missingName: -1,
    unknownName: -1,
    inside: 1,
    negation: -1,
    wrongType: -1,
  },
  foreign: { covered: 1, evidence: 1, agreement: 1 },
};
/** The same questions in other languages say less than questions of another kind. */
const translationWorth = 0.4;

const evidence = await readEvidence();
for (const judgement of ['words', 'both', 'foreign'] as const) {
  const own = evidence.filter((one) => one.judgement === judgement && one.isForeign === (judgement === 'foreign'));
  const { bias, coefficients } = fit(own, judgement);
  const terms = namesOf(judgement).map((name, at) => `${name}: ${coefficients[at]!.toFixed(2)}`);
  print(`\n  ${judgement}: { bias: ${bias.toFixed(2)}, coefficients: { ${terms.join(', ')} } },`);
  report(judgement, withoutOwnFamily(own, judgement));
}

async function readEvidence(): Promise<Evidence[]> {
  if (values.evidence && existsSync(values.evidence)) return JSON.parse(readFileSync(values.evidence, 'utf8')) as Evidence[];
  const found = await collectEvidence(values.dir, values.corpus);
  if (values.evidence) writeFileSync(values.evidence, JSON.stringify(found));
  return found;
}

function namesOf(judgement: Judgement): (keyof Features)[] {
  return Object.keys(chosen[judgement]) as (keyof Features)[];
}

/** Each set counts the same, or as much as its kind of question is worth. */
function fit(list: Evidence[], judgement: Judgement): Logistic {
  const sizes = new Map<string, number>();
  for (const { set } of list) sizes.set(set, (sizes.get(set) ?? 0) + 1);
  const cases = list.map((one) => ({
    values: valuesOf(one, judgement),
    isTrue: one.right,
    weight: (one.weight * worthOf(one.set)) / sizes.get(one.set)!,
  }));
  return fitLogistic(cases, Object.values(chosen[judgement]));
}

function worthOf(set: string): number {
  return /-(?!en$)[a-z]{2}$/.test(set) ? translationWorth : 1;
}

function valuesOf({ features }: Evidence, judgement: Judgement): number[] {
  return namesOf(judgement).map((name) => features[name]);
}

type Judged = Evidence & { confidence: number };

/** The confidence of each question by a fit that has seen no set of its family. */
function withoutOwnFamily(list: Evidence[], judgement: Judgement): Judged[] {
  return [...new Set(list.map(({ family }) => family))].flatMap((family) => {
    const others = list.filter((one) => one.family !== family);
    const fitted = fit(others.length ? others : list, judgement);
    return list
      .filter((one) => one.family === family)
      .map((one) => ({ ...one, confidence: probabilityOf(fitted, valuesOf(one, judgement)) }));
  });
}

function report(judgement: Judgement, judged: Judged[]): void {
  print(
    `  ${judgement}, each family of sets judged by a fit on the others: AUROC of unanswerable against answerable; claimed and right`,
  );
  for (const set of new Set(judged.map((one) => one.set))) {
    const own = judged.filter((one) => one.set === set);
    const of = (answerable: boolean) => own.filter((one) => one.answerable === answerable).map(({ confidence }) => confidence);
    print(
      `  ${set.padEnd(26)} ${figure(auroc(of(false), of(true)))}  ${figure(average(own, ({ confidence }) => confidence))} ${figure(average(own, ({ right }) => Number(right)))}`,
    );
  }
  const asked = judged.filter(({ isAsAsked }) => isAsAsked);
  for (let tenth = 0; tenth < 10; tenth++) {
    const inside = asked.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === tenth);
    if (inside.length)
      print(
        `  confidence ${tenth / 10} to ${(tenth + 1) / 10}: ${inside.length} answers, claimed ${figure(average(inside, ({ confidence }) => confidence))}, right ${figure(average(inside, ({ right }) => Number(right)))}`,
      );
  }
}

function average(list: Judged[], value: (one: Judged) => number): number {
  return list.reduce((sum, one) => sum + value(one), 0) / list.length;
}

function figure(value: number | null): string {
  return value === null ? '–' : value.toFixed(3);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
