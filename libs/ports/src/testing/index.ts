export * from './language-model.tests';
export { knowledgeIndexTests } from './knowledge-index.tests';
export * from './file-storage.tests';
