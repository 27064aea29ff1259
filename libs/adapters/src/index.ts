export * from './text-extractor/child-process-text-extractor';
export * from './embedded-index';
export * from './langchain';
