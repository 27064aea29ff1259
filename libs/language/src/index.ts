export { analyseQuestion, analyseText, baseLanguage, eachTerm, normaliseText, type QuestionWord } from './analyse-text';
export { asksForPerson } from './asks-for-person';
export { detectLanguage } from './detect-language';
export { holdsPhrase } from './holds-phrase';
export { inverseDocumentFrequency } from './inverse-document-frequency';
export { scanWords, type WordKind } from './scan-words';
export { errorsBetween, mostErrors } from './spelling-errors';
export { splitSentences, type Span } from './split-sentences';
export type { WordForm } from './stem-word';
