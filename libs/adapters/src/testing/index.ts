export { aModelFolder, realRuntime, type ModelFolderOptions, type RuntimeKind } from './a-model-folder';
