export { analyseQuestion, analyseText, baseLanguage, eachTerm, type QuestionWord } from './analyse-text';
export { detectLanguage } from './detect-language';
export { inverseDocumentFrequency } from './inverse-document-frequency';
export { splitSentences, type Span } from './split-sentences';
