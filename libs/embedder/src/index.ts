export { EmbedderFileError, type EmbedderHeader, type EmbedderProblem } from './embedder-file';
export { eachGram, hashWord } from './hash-word';
export { KnowledgeWeights, priorWeights } from './knowledge-weights';
export { writeLearnedRows, type LearnedRow } from './learned-rows';
export { readWords } from './read-words';
export { openEmbedder, type PassageVectors, type TextEmbedder, type WeighWord } from './text-embedder';
export { WordWeights } from './word-weights';
export { writeEmbedderFile, type EmbedderContent } from './write-embedder-file';
