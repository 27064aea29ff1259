export { EmbeddedIndex } from './embedded-index';
export { defaultIndexOptions, type IndexOptions } from './index-options';
