import { parseArgs } from 'node:util';
import { featureNames, featuresOf } from '../../libs/chat/src/extractive/confidence';
import { readPassages } from '../../libs/chat/src/extractive/extract-answer';
import { DirectProduct } from './direct-product';
import { readEvalSets } from './eval-set';

/** One question: its evidence, and whether the knowledge answers it. */
interface Example {
  set: string;
  features: number[];
  answerable: number;
  weight: number;
}

const { values } = parseArgs({
  options: { dir: { type: 'string', default: '../shared/eval' }, share: { type: 'string', default: '0.06' } },
});
const examples = await collect(values.dir);
balance(examples);
const model = fit(examples);
report(examples, model, Number(values.share));

/** Every question of every set; strangers (sets without knowledge) are put to each knowledge base. */
async function collect(dir: string): Promise<Example[]> {
  const sets = readEvalSets(dir);
  const strangers = sets.filter((set) => set.form === 'questions-only').flatMap((set) => set.questions);
  const found: Example[] = [];
  for (const set of sets.filter((candidate) => candidate.form !== 'questions-only')) {
    const product = new DirectProduct();
    await product.load(set);
    const all = [
      ...set.questions.map((question) => ({ name: set.name, question })),
      ...strangers.map((question) => ({ name: `strangers to ${set.name}`, question })),
    ];
    for (const { name, question } of all) {
      if (question.answerable === null) continue;
      const { input } = await product.retrieve(question.question, question.history);
      const read = readPassages(input);
      if (read.sentences.length === 0 || read.question.words.length === 0) continue;
      const features = featuresOf(read.question, input, read.sentences);
      found.push({
        set: name,
        features: featureNames.map((key) => features[key]),
        answerable: Number(question.answerable),
        weight: 1,
      });
    }
  }
  return found;
}

/** Each set weighs the same, and in it the two kinds of questions; strangers weigh as much as a set's own unanswerable ones. */
function balance(list: Example[]): void {
  const sizes = new Map<string, number>();
  for (const { set, answerable } of list) sizes.set(`${set}${answerable}`, (sizes.get(`${set}${answerable}`) ?? 0) + 1);
  for (const example of list)
    example.weight = (example.set.startsWith('strangers') ? 1 : 1) / sizes.get(`${example.set}${example.answerable}`)!;
}

/** Weighted logistic regression by gradient descent with momentum and a little shrinkage. */
function fit(list: Example[]): { bias: number; coefficients: number[] } {
  const coefficients = featureNames.map(() => 0);
  const speed = [...coefficients, 0];
  let bias = 0;
  const sum = list.reduce((total, { weight }) => total + weight, 0);
  for (let round = 0; round < 3_000; round++) {
    const gradient = featureNames.map((_, index) => coefficients[index]! * 0.0002);
    let biasGradient = 0;
    for (const { features, answerable, weight } of list) {
      const error = ((probability({ bias, coefficients }, features) - answerable) * weight) / sum;
      biasGradient += error;
      for (let index = 0; index < features.length; index++) gradient[index]! += error * features[index]!;
    }
    gradient.push(biasGradient);
    for (let index = 0; index < gradient.length; index++) speed[index] = 0.97 * speed[index]! - 0.5 * gradient[index]!;
    bias += speed[coefficients.length]!;
    for (let index = 0; index < coefficients.length; index++) coefficients[index]! += speed[index]!;
  }
  return { bias, coefficients };
}

function probability({ bias, coefficients }: { bias: number; coefficients: number[] }, features: number[]): number {
  return 1 / (1 + Math.exp(-features.reduce((total, value, index) => total + value * coefficients[index]!, bias)));
}

/** Prints the coefficients, and for the threshold that refuses `share` of the answerable (mean over sets) what it does per set. */
function report(list: Example[], fitted: { bias: number; coefficients: number[] }, share: number): void {
  console.log(`const bias = ${fitted.bias.toFixed(3)};`);
  console.log(
    `const coefficients: Features = { ${featureNames.map((name, index) => `${name}: ${fitted.coefficients[index]!.toFixed(3)}`).join(', ')} };`,
  );
  const right = list
    .filter(({ answerable }) => answerable === 1)
    .map((example) => ({ ...example, p: probability(fitted, example.features) }));
  right.sort((left, other) => left.p - other.p);
  const whole = right.reduce((total, { weight }) => total + weight, 0);
  let refused = 0;
  const threshold = right.find(({ weight }) => (refused += weight) >= whole * share)?.p ?? 0;
  console.log(`export const minimumConfidence = ${threshold.toFixed(3)};`);
  for (const set of new Set(list.map((example) => example.set))) {
    const of = (answerable: number) =>
      list
        .filter((example) => example.set === set && example.answerable === answerable)
        .map((example) => probability(fitted, example.features));
    const [low, high] = [of(0), of(1)];
    const below = (values: number[]) =>
      values.length ? (values.filter((value) => value < threshold).length / values.length).toFixed(3) : '–';
    const auroc =
      high.length && low.length
        ? (
            low.reduce((total, value) => total + high.filter((other) => other > value).length, 0) /
            low.length /
            high.length
          ).toFixed(3)
        : '–';
    console.log(`${set.padEnd(30)} refused: unanswerable ${below(low)}, answerable ${below(high)}; AUROC ${auroc}`);
  }
}
