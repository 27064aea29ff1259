export { LangChainModel } from './langchain-model';
