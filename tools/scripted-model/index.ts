export { composeAnswer, passagesIn } from './compose-answer';
export { ownPort } from './own-port';
export type { RecordedRequest, Script } from './script';
export { startScriptedModel, type ScriptedModel } from './start-scripted-model';
