export * from './language-model.tests';
export { knowledgeIndexTests } from './knowledge-index.tests';
