import { lengthOf, type Corpus, type Definition, type Section, type TokenSpan, type Translation } from './corpus';
import type { SeededRandom } from './seeded-random';
import type { TrainingRecipe } from './training-recipe';

/** Two texts that belong together, as numbers of words. */
export interface TrainingPair {
  query: number[];
  passage: number[];
  /** Languages of the two, for the weights of their words. */
  languages: [number, number];
}

const shortestBody = 20;
const shortestSentence = 4;
const windowWords: [number, number] = [40, 180];
const longestQuery = 60;

/** Makes pairs from one section, translation, definition or intent. Null where it is too short for what was drawn. */
export class PairMaker {
  constructor(
    private readonly corpus: Corpus,
    private readonly recipe: TrainingRecipe,
    private readonly random: SeededRandom,
  ) {}

  fromSection(section: Section): TrainingPair | null {
    const isHeading = this.random.chance(this.recipe.headings);
    return this.hide(isHeading ? this.headingPair(section, section) : this.sentencePair(section));
  }

  /** Across languages, in either direction; a share stays within the local language. */
  fromTranslation({ local, english }: Translation): TrainingPair | null {
    if (this.random.chance(this.recipe.sentenceTranslations)) {
      const pair = this.sentenceTranslation(local, english);
      if (pair) return pair;
    }
    const kind = this.random.next();
    if (kind < 0.25) return this.headingPair(local, english);
    if (kind < 0.45) return this.headingPair(english, local);
    if (kind < 0.55) return this.pair(this.headingOf(local), this.headingOf(english), local, english);
    if (kind < 0.75) return this.windowPair(local, english);
    return this.fromSection(local);
  }

  fromDefinition({ word, definition, example, synonyms }: Definition): TrainingPair | null {
    const kind = this.random.next();
    if (lengthOf(synonyms) > 0 && kind < 0.3) return this.english(this.words(word), this.words(synonyms));
    if (lengthOf(example) > 2 && kind < 0.6)
      return this.hide(this.english(this.words(example), [...this.words(word), ...this.words(definition)]));
    return this.english(this.words(word), this.words(definition));
  }

  fromIntent(texts: TokenSpan[]): TrainingPair | null {
    const first = this.random.below(texts.length);
    const second = (first + 1 + this.random.below(texts.length - 1)) % texts.length;
    return this.hide(this.english(this.words(texts[first]!), this.words(texts[second]!)));
  }

  private headingPair(asked: Section, answering: Section): TrainingPair | null {
    if (lengthOf(answering.body) < shortestBody) return null;
    return this.pair(
      this.headingOf(asked),
      this.window(answering.body, this.windowLength(), this.random.next()),
      asked,
      answering,
    );
  }

  private sentencePair(section: Section): TrainingPair | null {
    const { sentences, body } = section;
    if (lengthOf(sentences) < 2 || lengthOf(body) < shortestBody) return null;
    const { start, end } = this.sentence(section, this.random.below(lengthOf(sentences)));
    if (end - start < shortestSentence) return null;
    const around = { start: Math.max(body.start, start - windowWords[1] / 2), end: Math.min(body.end, end + windowWords[1] / 2) };
    const rest = [...this.words({ start: around.start, end: start }), ...this.words({ start: end, end: around.end })];
    if (rest.length < shortestBody / 2) return null;
    return this.pair(this.words({ start, end }).slice(0, longestQuery), rest, section, section);
  }

  /** A sentence and the one at the same place of the other text. */
  private sentenceTranslation(local: Section, english: Section): TrainingPair | null {
    const count = lengthOf(local.sentences);
    if (count === 0 || count !== lengthOf(english.sentences)) return null;
    const at = this.random.below(count);
    const both = [this.words(this.sentence(local, at)), this.words(this.sentence(english, at))].map((words) =>
      words.slice(0, windowWords[1]),
    );
    return both.some((words) => words.length < 2) ? null : this.pair(both[0]!, both[1]!, local, english);
  }

  private sentence({ sentences, body }: Section, at: number): TokenSpan {
    const place = sentences.start + at;
    return {
      start: this.corpus.sentenceStarts.at(place),
      end: place + 1 < sentences.end ? this.corpus.sentenceStarts.at(place + 1) : body.end,
    };
  }

  private windowPair(local: Section, english: Section): TrainingPair | null {
    if (lengthOf(local.body) < shortestBody || lengthOf(english.body) < shortestBody) return null;
    const place = this.random.next();
    const share = this.windowLength() / Math.max(lengthOf(english.body), 1);
    const length = (body: TokenSpan) => Math.max(10, Math.min(windowWords[1], Math.round(lengthOf(body) * share)));
    return this.pair(
      this.window(local.body, length(local.body), place),
      this.window(english.body, length(english.body), place),
      local,
      english,
    );
  }

  private headingOf({ title, heading }: Section): number[] {
    const words = this.words(heading);
    const titleWords = this.random.chance(this.recipe.titles) || words.length === 0 ? this.words(title) : [];
    return titleWords.join() === words.join() ? words : [...titleWords, ...words].slice(0, longestQuery);
  }

  private window({ start, end }: TokenSpan, length: number, place: number): number[] {
    const from = start + Math.round(Math.max(0, end - start - length) * place);
    return this.words({ start: from, end: Math.min(end, from + length) });
  }

  private windowLength(): number {
    return windowWords[0] + this.random.below(windowWords[1] - windowWords[0] + 1);
  }

  /** In a share of the pairs, words that both sides have are taken out of the query: it must learn relations, not identity. */
  hide(pair: TrainingPair | null): TrainingPair | null {
    const [share, probability] = this.recipe.hiding;
    if (!pair || !this.random.chance(share)) return pair;
    const shared = new Set(pair.passage);
    const query = pair.query.filter((word) => !shared.has(word) || !this.random.chance(probability));
    return query.length > 0 ? { ...pair, query } : pair;
  }

  private pair(query: number[], passage: number[], left: Section, right: Section): TrainingPair | null {
    return query.length > 0 && passage.length > 0 ? { query, passage, languages: [left.language, right.language] } : null;
  }

  private english(query: number[], passage: number[]): TrainingPair | null {
    return query.length > 0 && passage.length > 0 ? { query, passage, languages: [0, 0] } : null;
  }

  private words({ start, end }: TokenSpan): number[] {
    const words: number[] = [];
    for (let at = start; at < end; at++) words.push(this.corpus.tokens.at(at));
    return words;
  }
}
