import type { OnnxAnswer, OnnxOrder } from './onnx-messages';
import { OnnxModel } from './onnx-model';
import { ModelFolderError } from './read-model-folder';

let model: OnnxModel | null = null;

/** The whole life of a model's process: it opens a folder, answers one order at a time, and ends when the parent goes away. */
export function runOnnxProcess(): void {
  process.on('message', (order: OnnxOrder) => void answer(order).then((said) => process.send?.(said)));
  process.on('disconnect', () => process.exit(0));
}

async function answer(order: OnnxOrder): Promise<OnnxAnswer> {
  try {
    if (order.type === 'embed') return { type: 'vectors', vectors: (await model?.embed(order.texts)) ?? [] };
    model = await OnnxModel.open(order.folder);
    return { type: 'opened', model: await model.describe() };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { type: 'problem', problem, isOfFolder: error instanceof ModelFolderError };
  }
}
