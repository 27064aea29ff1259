export { analyseQuestion, analyseText, baseLanguage } from './analyse-text';
export { detectLanguage } from './detect-language';
export { splitSentences, type Span } from './split-sentences';
