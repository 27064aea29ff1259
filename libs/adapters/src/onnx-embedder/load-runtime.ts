import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ModelFolderError } from './read-model-folder';

/** What is used of an ONNX runtime: the part that `onnxruntime-node` and `onnxruntime-web` have in common. */
export interface OnnxRuntime {
  InferenceSession: { create(model: string, options: Record<string, unknown>): Promise<OnnxSession> };
  Tensor: new (type: 'int64' | 'int32', values: BigInt64Array | Int32Array, shape: number[]) => OnnxTensor;
  env: { logLevel?: string; wasm?: { numThreads?: number } };
}

export interface OnnxTensor {
  readonly type: string;
  readonly data: unknown;
  readonly dims: readonly number[];
}

export interface OnnxSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly inputMetadata?: readonly { name: string; type?: string }[];
  run(inputs: Record<string, OnnxTensor>): Promise<Record<string, OnnxTensor>>;
}

/** The native one first, which is several times as fast. */
const packages = ['onnxruntime-node', 'onnxruntime-web'] as const;

/**
 * Loads the runtime that lies beside the model, or among the product's packages. It is not one of them: few need it, and it takes 140 MB.
 * Throws {@link ModelFolderError} with the command that installs it.
 */
export function loadRuntime(folder: string): OnnxRuntime {
  for (const from of [join(folder, 'package.json'), import.meta.url]) {
    const require = createRequire(from);
    for (const name of packages) {
      const path = resolved(require, name);
      if (path) return prepare(require(path) as OnnxRuntime);
    }
  }
  throw new ModelFolderError(
    'an ONNX runtime beside the model; install it with: npm install --prefix "$EMBEDDER_FOLDER" onnxruntime-web',
  );
}

/** Options of a session: one core is left to those who ask. */
export function sessionOptions(weights: { path: string; data: string } | null): Record<string, unknown> {
  return { intraOpNumThreads: threads(), logSeverityLevel: 3, ...(weights ? { externalData: [weights] } : {}) };
}

function prepare(runtime: OnnxRuntime): OnnxRuntime {
  runtime.env.logLevel = 'error';
  if (runtime.env.wasm) runtime.env.wasm.numThreads = threads();
  return runtime;
}

function threads(): number {
  return Math.min(4, Math.max(1, availableParallelism() - 1));
}

function resolved(require: NodeJS.Require, name: string): string | null {
  try {
    return require.resolve(name);
  } catch {
    return null;
  }
}
