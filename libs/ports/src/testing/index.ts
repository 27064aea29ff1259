export * from './language-model.tests';
export { knowledgeIndexTests } from './knowledge-index.tests';
export * from './file-storage.tests';
export * from './payments.tests';
export * from './embedder.tests';
export * from './mailer.tests';
