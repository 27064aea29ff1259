import { createHash } from 'node:crypto';
import { readWords } from '@docent/embedder';
import { GrowingIntegers, WordList, type Corpus, type Section, type TokenSpan } from '@docent/embedder/training';
import { splitSentences } from '@docent/language';
import { readCorpusLines } from './read-corpus-lines';

export interface ReadOptions {
  folder: string;
  /** Base codes; English is always first. Others come from the parallel texts. */
  languages: readonly string[];
  /** Sources whose name begins so are left out, in all languages: for measuring on text that was not learned. */
  holdOut: string;
  /** Read only each n-th section: for trying things out. */
  every?: number;
}

interface RawSection {
  title: string;
  headings: string[];
  text: string;
}

/** Reads the corpus (its README describes the files) into numbers. The same section in several files is kept once. */
export function readCorpus(options: ReadOptions): Corpus {
  const reader = new CorpusReader(options);
  reader.readSections();
  if (options.languages.length > 1) reader.readParallel();
  reader.readDefinitions();
  reader.readIntents();
  return reader.corpus;
}

class CorpusReader {
  readonly corpus: Corpus;
  private readonly sources = new Map<string, number>();
  private readonly known = new Map<string, Section>();

  constructor(private readonly options: ReadOptions) {
    const { languages } = options;
    this.corpus = {
      languages,
      words: new WordList(languages),
      tokens: new GrowingIntegers(),
      sentenceStarts: new GrowingIntegers(),
      sections: languages.map(() => []),
      translations: languages.map(() => []),
      definitions: [],
      intents: [],
    };
  }

  readSections(): void {
    for (const line of this.lines<RawSection & { source: string }>('sections'))
      if (!this.isHeldOut(line.source)) this.section(line, line.source, 0);
  }

  readParallel(): void {
    for (const { lang, source, local, en } of this.lines<{ lang: string; source: string; local: RawSection; en?: RawSection }>(
      'parallel',
    )) {
      const language = this.options.languages.indexOf(lang);
      if (language <= 0 || this.isHeldOut(source)) continue;
      const translated = this.section(local, source, language);
      // The English text counts as its own source: pages of it are hard negatives to each other as well.
      if (en)
        this.corpus.translations[language]!.push({
          source: this.sourceOf(source),
          local: translated,
          english: this.section(en, `${source} in English`, 0),
        });
    }
  }

  readDefinitions(): void {
    for (const line of this.lines<{ word: string; definition: string; example?: string; synonyms?: string[] }>('definitions')) {
      const definition = this.span(line.definition);
      this.countWords(definition, 0);
      this.corpus.definitions.push({
        word: this.span(line.word),
        definition,
        example: this.span(line.example ?? ''),
        synonyms: this.span((line.synonyms ?? []).join(' ')),
      });
    }
  }

  readIntents(): void {
    const numbers = new Map<string, number>();
    for (const { intent, text } of this.lines<{ intent: string; text: string }>('intents')) {
      if (!numbers.has(intent)) numbers.set(intent, this.corpus.intents.push([]) - 1);
      this.corpus.intents[numbers.get(intent)!]!.push(this.span(text));
    }
  }

  private section({ title, headings, text }: RawSection, source: string, language: number): Section {
    const key = createHash('sha1')
      .update(`${title}\n${headings.join('\n')}\n${text}`)
      .digest('base64');
    const seen = this.known.get(key);
    if (seen) return seen;
    const { corpus } = this;
    const firstSentence = corpus.sentenceStarts.length;
    const titleSpan = this.span(title);
    const heading = this.span(headings.at(-1) ?? '');
    const start = corpus.tokens.length;
    for (const sentence of splitSentences(text)) {
      const at = corpus.tokens.length;
      this.span(text.slice(sentence.start, sentence.end));
      if (corpus.tokens.length > at) corpus.sentenceStarts.push(at);
    }
    const body = { start, end: corpus.tokens.length };
    const section = {
      source: this.sourceOf(source),
      language,
      title: titleSpan,
      heading,
      body,
      sentences: { start: firstSentence, end: corpus.sentenceStarts.length },
    };
    this.countWords(body, language);
    this.known.set(key, section);
    corpus.sections[language]!.push(section);
    return section;
  }

  private span(text: string): TokenSpan {
    const { tokens, words } = this.corpus;
    const start = tokens.length;
    for (const word of readWords(text)) tokens.push(words.numberOf(word));
    return { start, end: tokens.length };
  }

  private countWords({ start, end }: TokenSpan, language: number): void {
    const numbers = new Set<number>();
    for (let at = start; at < end; at++) numbers.add(this.corpus.tokens.at(at));
    this.corpus.words.count(language, numbers);
  }

  private sourceOf(name: string): number {
    if (!this.sources.has(name)) this.sources.set(name, this.sources.size);
    return this.sources.get(name)!;
  }

  private isHeldOut(source: string): boolean {
    return this.options.holdOut !== '' && source.startsWith(this.options.holdOut);
  }

  private lines<T>(name: string): Generator<T> {
    return readCorpusLines<T>(this.options.folder, name, this.options.every);
  }
}
