import type { Corpus, Section, Translation } from './corpus';
import { SeededRandom } from './seeded-random';
import { PairMaker, type TrainingPair } from './training-pair';
import type { TrainingRecipe } from './training-recipe';

/** Tries per wanted pair before a batch stays smaller. */
const patience = 8;
/** A bank's questions: a few of them in each batch of definitions, never two of one intent. */
const intentsPerBatch = 40;
/** A language with four times the text gets twice the batches. */
const languageShare = Math.sqrt;

/** Draws the pairs of each batch. Batch number and seed decide alone, so a run can be taken up anywhere. */
export class BatchDrawer {
  private readonly sections: BySource<Section>[];
  private readonly translations: BySource<Translation>[];
  private readonly languageShares: number[];

  constructor(
    private readonly corpus: Corpus,
    private readonly recipe: TrainingRecipe,
  ) {
    this.sections = corpus.sections.map((list) => new BySource(list));
    this.translations = corpus.translations.map((list) => new BySource(list));
    this.languageShares = corpus.sections.map((list, language) => (language === 0 ? 0 : languageShare(list.length)));
  }

  draw(batch: number): TrainingPair[] {
    const random = new SeededRandom(this.recipe.seed, batch);
    const maker = new PairMaker(this.corpus, this.recipe, random);
    const isOther = random.chance(this.recipe.otherLanguages) && this.languageShares.some((share) => share > 0);
    if (isOther) return this.drawOther(random, maker);
    if (random.chance(this.recipe.definitions)) return this.drawDefinitions(random, maker);
    return this.collect(this.sections[0]!, random, (section) => maker.fromSection(section));
  }

  private drawOther(random: SeededRandom, maker: PairMaker): TrainingPair[] {
    let wanted = random.next() * this.languageShares.reduce((sum, share) => sum + share, 0);
    const language = this.languageShares.findIndex((share) => share > 0 && (wanted -= share) <= 0);
    const isAcross = this.translations[language]!.all.length > 0 && random.chance(0.85);
    if (isAcross) return this.collect(this.translations[language]!, random, (translation) => maker.fromTranslation(translation));
    return this.collect(this.sections[language]!, random, (section) => maker.fromSection(section));
  }

  private drawDefinitions(random: SeededRandom, maker: PairMaker): TrainingPair[] {
    const { definitions, intents } = this.corpus;
    const batch = new DistinctPairs(this.recipe.pairs);
    const first = random.below(intents.length || 1);
    for (let count = 0; count < Math.min(intentsPerBatch, intents.length); count++)
      batch.add(maker.fromIntent(intents[(first + count) % intents.length]!));
    for (let tries = 0; !batch.isFull && tries < this.recipe.pairs * patience; tries++)
      batch.add(maker.fromDefinition(definitions[random.below(definitions.length)]!));
    return batch.pairs;
  }

  /** A share of the batches comes from one source alone: what stands beside an answer is harder to tell from it than what stands elsewhere. */
  private collect<T extends { source: number }>(
    list: BySource<T>,
    random: SeededRandom,
    make: (item: T) => TrainingPair | null,
  ): TrainingPair[] {
    const batch = new DistinctPairs(this.recipe.pairs);
    const isOneSource = random.chance(this.recipe.oneSource);
    const seen = new Set<T>();
    while (!batch.isFull) {
      const from = isOneSource ? list.sourceOf(random.below(list.all.length)) : list.all;
      const before = batch.pairs.length;
      for (let tries = 0; !batch.isFull && tries < Math.min(from.length * 2, this.recipe.pairs * patience); tries++) {
        const item = from[random.below(from.length)]!;
        if (!seen.has(item) && batch.add(make(item))) seen.add(item);
      }
      if (!isOneSource || (batch.pairs.length === before && random.chance(0.2))) break;
    }
    return batch.pairs;
  }
}

/** Two pairs with the same query would each be the other's wrong answer. */
export class DistinctPairs {
  readonly pairs: TrainingPair[] = [];
  private readonly queries = new Set<string>();

  constructor(private readonly wanted: number) {}

  get isFull(): boolean {
    return this.pairs.length >= this.wanted;
  }

  add(pair: TrainingPair | null): boolean {
    if (!pair) return false;
    const key = pair.query.join();
    if (this.queries.has(key)) return false;
    this.queries.add(key);
    this.pairs.push(pair);
    return true;
  }
}

class BySource<T extends { source: number }> {
  private readonly groups = new Map<number, T[]>();

  constructor(readonly all: T[]) {
    for (const item of all) {
      const group = this.groups.get(item.source);
      if (group) group.push(item);
      else this.groups.set(item.source, [item]);
    }
  }

  /** Everything from the source of the item at this place. */
  sourceOf(place: number): T[] {
    return this.groups.get(this.all[place]!.source)!;
  }
}
