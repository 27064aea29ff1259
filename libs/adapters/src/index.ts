export * from './text-extractor/child-process-text-extractor';
