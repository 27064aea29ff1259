import { ModelFolderError, OnnxEmbedder } from '@docent/adapters';
import { ConfigError, type Config } from '@docent/platform';
import type { ProductParts } from './product-parts';

/**
 * Loads the embedding model of the configured folder; null where none is configured. Before anything else is started, because much can be
 * wrong with a folder. Throws {@link ConfigError}.
 */
export async function openLocalModel({ embedder }: Config, { onnxProcess }: ProductParts): Promise<OnnxEmbedder | null> {
  if (embedder.kind !== 'onnx') return null;
  const { folder, prefixes } = embedder;
  return OnnxEmbedder.open({ folder, prefixes, program: onnxProcess }).catch((error: unknown) => {
    throw error instanceof ModelFolderError ? new ConfigError([`EMBEDDER_FOLDER: expected ${error.message}`]) : error;
  });
}
