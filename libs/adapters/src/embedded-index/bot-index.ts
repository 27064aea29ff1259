import { baseLanguage, detectLanguage, eachTerm, inverseDocumentFrequency } from '@docent/language';
import type { IndexChunk, IndexMatch, IndexQuery, IndexVectors, ReadPassages } from '@docent/ports';
import type { ScoredPassage } from './best-passages';
import { BotVectors } from './bot-vectors';
import { fuseScores } from './fuse-scores';
import { growArray } from './grow-array';
import type { IndexOptions } from './index-options';
import { ListedForms } from './listed-forms';
import { PassageLanguages } from './passage-languages';
import { PassageTable } from './passage-table';
import { PostingLists } from './posting-lists';
import { queryWords } from './query-words';
import { PassageReader } from './score-closeness';
import { frequencyUnit, LexicalScorer } from './score-lexical';
import { FormTable, TermTable } from './term-table';
import type { VectorMemory } from './vector-memory';

/** Passages that are looked at word by word after the first, coarse ranking. */
const candidates = 60;

type Numbers = number[] | Int32Array;

/** The knowledge of one bot in memory. Every method runs to its end at once; {@link EmbeddedIndex} cuts long work into slices. */
export class BotIndex {
  readonly passages = new PassageTable();
  private readonly terms = new TermTable();
  private readonly forms = new FormTable(this.terms);
  private readonly listed = new ListedForms(this.forms);
  private readonly languages = new PassageLanguages();
  private readonly postings = new PostingLists();
  private readonly vectors: BotVectors;
  /** Scratch: how often each term stands in the passage that is being added; zeros in between. */
  private frequencies = new Float32Array(64);
  private readonly scorer: LexicalScorer;
  private readonly reader = new PassageReader(this.passages, this.forms);

  constructor(
    private readonly options: IndexOptions,
    vectorMemory: VectorMemory,
  ) {
    this.vectors = new BotVectors(this.passages, vectorMemory, options);
    this.scorer = new LexicalScorer(this.postings, this.passages, options.k1, options.b);
  }

  get bytes(): number {
    const { terms, forms, postings, passages, vectors, scorer, reader } = this;
    return [terms, forms, postings, passages, vectors, scorer, reader].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Name of the set of vectors that searches use. */
  get vectorSet(): string | null {
    return this.vectors.inUse;
  }

  /** Share of the numbered passages that were removed: what a compaction would win. */
  get waste(): number {
    return this.passages.size ? 1 - this.passages.living / this.passages.size : 0;
  }

  add(chunk: IndexChunk): void {
    const before = this.passages.find(chunk.chunkId);
    if (before !== undefined) this.removePassage(before);
    const language = baseLanguage(chunk.language) ?? detectLanguage(chunk.text) ?? this.languages.mostFrequent();
    if (language) this.languages.count(language);
    const numbers = (text: string): number[] => {
      const found: number[] = [];
      eachTerm(text, language, (term, form, known) =>
        found.push(known ? this.forms.internKnown(known) : this.forms.intern(form, term)),
      );
      return found;
    };
    this.place(chunk.chunkId, chunk.sourceId, numbers(chunk.title), numbers(chunk.headings.join('\n')), numbers(chunk.text));
  }

  /** The passage at this place, whose words were read already. */
  addRead({ sourceId, language, chunkIds, words, numbers, ends }: ReadPassages, at: number): void {
    const before = this.passages.find(chunkIds[at]!);
    if (before !== undefined) this.removePassage(before);
    this.languages.count(baseLanguage(language)!);
    const start = at === 0 ? 0 : ends[at * 3 - 1]!;
    const own = this.listed.ownNumbers(words, numbers.subarray(start, ends[at * 3 + 2]!));
    const part = (from: number, to: number): Int32Array => own.subarray(from - start, to - start);
    this.place(
      chunkIds[at]!,
      sourceId,
      part(start, ends[at * 3]!),
      part(ends[at * 3]!, ends[at * 3 + 1]!),
      part(ends[at * 3 + 1]!, ends[at * 3 + 2]!),
    );
  }

  /** Adds or replaces a passage's vectors; those of a passage that is not here are left out. */
  addVectors(set: string, { chunkId, vectors }: IndexVectors): void {
    this.vectors.add(set, this.passages.find(chunkId), vectors);
  }

  /** The vector of a passage as a whole, coarser than it came; null where there is none in this set. */
  vectorOf(set: string, chunkId: string): Float32Array | null {
    const passage = this.passages.find(chunkId);
    return passage === undefined ? null : this.vectors.whole(set, passage);
  }

  switchVectors(set: string): void {
    this.vectors.switchTo(set);
  }

  /** Gives back what garbage collection does not: nothing may be asked of the index afterwards. */
  drop(): void {
    this.vectors.drop();
  }

  removeSource(sourceId: string): void {
    for (const passage of this.passages.ofSource(sourceId)) this.removePassage(passage);
  }

  search(query: IndexQuery): IndexMatch[] {
    const texts = [{ text: query.text, weight: 1 }, ...(query.context ?? [])];
    const language = detectLanguage(query.text) ?? this.languages.mostFrequent();
    const words = queryWords(texts, language, this.languages.main(), {
      terms: this.terms,
      forms: this.forms,
      passages: this.passages.living,
      isWord: query.isWord,
    });
    const { reader } = this;
    const limit = Math.max(query.limit, candidates);
    reader.ask(words, this.terms.size);
    const lexical = this.scorer.best(words, limit);
    for (const entry of lexical) {
      const { closeness, exactness } = reader.read(entry.passage);
      entry.score += this.options.closenessWeight * closeness + this.options.exactnessWeight * exactness;
    }
    this.addSiblings(lexical);
    const others = lexical.map(({ passage }) => passage);
    const near = this.vectors.nearest(query.vector, limit, others);
    const learned = query.vector?.learned;
    const known = shareKnown(query.vector?.known ?? 0, words.length);
    const coverage = lexical[0] ? reader.read(lexical[0].passage).coverage : 0;
    const fused = fuseScores({ lexical, coverage, near, known, learned, limit: query.limit }, this.options);
    return fused.map(({ passage, ...match }) => ({
      ...match,
      chunkId: this.passages.chunkIds[passage]!,
      sourceId: this.passages.sourceIdOf(passage),
      coverage: reader.read(passage).coverage,
    }));
  }

  weigh(terms: string[]): number[] {
    return terms.map((term) => {
      const number = this.terms.find(term);
      return inverseDocumentFrequency(this.passages.living, number === undefined ? 0 : this.terms.frequency(number));
    });
  }

  /** Copies living passages from `start` on into a fresh index until `goOn` says stop; returns where to go on. */
  copyInto(target: BotIndex, start: number, goOn: () => boolean): number {
    let passage = start;
    const { passages } = this;
    for (; passage < passages.size && goOn(); passage++) {
      if (!passages.alive[passage]) continue;
      const { words, second, third } = passages.wordsOf(passage);
      const own = words.map((form) =>
        target.forms.intern(this.forms.spellings[form]!, this.terms.words[this.forms.terms[form]!]!),
      );
      const number = target.place(
        passages.chunkIds[passage]!,
        passages.sourceIdOf(passage),
        own.subarray(0, second),
        own.subarray(second, third),
        own.subarray(third),
      );
      this.vectors.copyPassage(passage, target.vectors, number);
    }
    return passage;
  }

  /** The end of a compaction: what does not go passage by passage. */
  copyRest(target: BotIndex): void {
    this.languages.copyInto(target.languages);
    this.vectors.copyRest(target.vectors);
  }

  private place(chunkId: string, sourceId: string, title: Numbers, headings: Numbers, body: Numbers): number {
    const passage = this.passages.add(chunkId, sourceId, title, headings, body);
    this.frequencies = growArray(this.frequencies, this.terms.size);
    const touched: number[] = [];
    this.countTerms(title, Math.max(0.1, this.options.titleWeight) * frequencyUnit, touched);
    this.countTerms(headings, Math.max(0.1, this.options.headingWeight) * frequencyUnit, touched);
    this.countTerms(body, frequencyUnit, touched);
    for (const term of touched) {
      this.postings.add(term, passage, Math.round(this.frequencies[term]!));
      this.terms.countPassage(term, 1);
      this.frequencies[term] = 0;
    }
    return passage;
  }

  private countTerms(forms: Numbers, weight: number, touched: number[]): void {
    for (let at = 0; at < forms.length; at++) {
      const term = this.forms.terms[forms[at]!]!;
      if (this.frequencies[term] === 0) touched.push(term);
      this.frequencies[term]! += weight;
    }
  }

  private removePassage(passage: number): void {
    const terms = this.passages.wordsOf(passage).words.map((form) => this.forms.terms[form]!);
    for (const term of new Set(terms)) this.terms.countPassage(term, -1);
    this.passages.remove(passage);
    this.vectors.forget(passage);
  }

  /** A passage gains by the best other passage of its source: a document about the matter says more than a stray mention. */
  private addSiblings(lexical: ScoredPassage[]): void {
    lexical.sort((left, right) => right.score - left.score);
    const gains = lexical.map(({ passage }, place) => {
      const sibling = lexical.find((other, at) => at !== place && this.passages.areOfOneSource(passage, other.passage));
      return sibling ? sibling.score * this.options.siblingWeight : 0;
    });
    lexical.forEach((entry, index) => (entry.score += gains[index]!));
    lexical.sort((left, right) => right.score - left.score);
  }
}

/** That one word is unknown does not make its language unknown: as if one word more were known. */
function shareKnown(share: number, words: number): number {
  return (share * words + 1) / (words + 1);
}
