export * from './text-extractor/child-process-text-extractor';
export * from './embedded-index';
export * from './langchain';
export * from './egress/guarded-egress';
export * from './local-files/local-file-storage';
