import { baseLanguage } from '@docent/language';
import type { KnowledgeEmbedder } from '@docent/ports';
import { correctSpelling } from './correct-spelling';
import type { ExtractInput, ExtractPassage } from './extract-types';
import { QuestionMeaning } from './question-meaning';
import { questionTerms, unknownWords } from './read-question';

/** What an answer is extracted from, before it is brought together. */
export interface Gathered {
  question: string;
  /** The visitor's language, BCP 47; null where it could not be told. */
  language: string | null;
  /** Best first. */
  passages: ExtractPassage[];
  /** Inverse document frequency of words in this knowledge. */
  weigh(terms: string[]): Promise<number[]>;
  /** Null where there is none, or where it costs more than next to nothing. */
  embedder: KnowledgeEmbedder | null;
}

/** Reads the question as it was meant (misspelt words as the passages have them), weighs its words and asks for its meaning. */
export async function gatherInput({ question: asked, language, passages, weigh, embedder }: Gathered): Promise<ExtractInput> {
  const languages = passages.map((passage) => passage.language);
  const weightsOf = async (question: string): Promise<Map<string, number>> => {
    const terms = questionTerms(question, languages);
    const weights = await weigh(terms);
    return new Map(terms.map((term, at) => [term, weights[at]!]));
  };
  const first = await weightsOf(asked);
  const unknown = unknownWords(asked, languages, first).filter((word) => !embedder?.knows(word));
  const texts = passages.map((passage) => [passage.title, ...passage.headings, passage.text].join('\n'));
  const isForeign = baseLanguage(language) !== null && languages.every((other) => baseLanguage(other) !== baseLanguage(language));
  const question = correctSpelling(asked, unknown, texts, isForeign);
  return {
    question,
    language,
    passages,
    weights: question === asked ? first : await weightsOf(question),
    meaning: embedder && (await QuestionMeaning.of(embedder, question)),
  };
}
