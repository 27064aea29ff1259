import { DistinctPairs } from './draw-batch';
import type { ReadKnowledge } from './read-knowledge';
import { SeededRandom } from './seeded-random';
import { PairMaker, type TrainingPair } from './training-pair';
import type { TrainingRecipe } from './training-recipe';

const longestQuery = 60;
const longestPassage = 180;

/** Draws the pairs of each batch from one knowledge base. Batch number and seed decide alone. */
export class KnowledgeDrawer {
  constructor(
    private readonly knowledge: ReadKnowledge,
    private readonly recipe: TrainingRecipe,
    /** Share of a batch that comes from questions with known answers, where there are any. */
    private readonly asked: number,
  ) {}

  /** A passage stands at most once in a batch: as often as it is wanted, it would be the wrong answer of itself. */
  draw(batch: number): TrainingPair[] {
    const random = new SeededRandom(this.recipe.seed, batch);
    const maker = new PairMaker(this.knowledge.corpus, this.recipe, random);
    const drawn = new DistinctPairs(this.recipe.pairs);
    const { pairs, corpus } = this.knowledge;
    for (const pair of shuffled(pairs, random).slice(0, Math.round(this.recipe.pairs * this.asked)))
      drawn.add(
        maker.hide({
          query: this.words(pair.query, longestQuery),
          passage: this.words(pair.passage, longestPassage),
          languages: [0, 0],
        }),
      );
    for (const section of shuffled(corpus.sections[0]!, random)) {
      if (drawn.isFull) break;
      // A passage without a heading still has sentences, and the other way round.
      if (!drawn.add(maker.fromSection(section))) drawn.add(maker.fromSection(section));
    }
    return drawn.pairs;
  }

  private words({ start, end }: { start: number; end: number }, most: number): number[] {
    return Array.from({ length: Math.min(end - start, most) }, (_, at) => this.knowledge.corpus.tokens.at(start + at));
  }
}

/** Fisher and Yates, from the front: what is taken from it first is drawn evenly. */
function shuffled<T>(items: readonly T[], random: SeededRandom): T[] {
  const list = [...items];
  for (let at = 0; at + 1 < list.length; at++) {
    const other = at + random.below(list.length - at);
    [list[at], list[other]] = [list[other]!, list[at]!];
  }
  return list;
}
