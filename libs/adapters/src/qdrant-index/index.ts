export { QdrantIndex, type QdrantIndexOptions } from './qdrant-index';
