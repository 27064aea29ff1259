import { createRequire } from 'node:module';
import type { IndexChunk } from '@docent/ports';
import { analyseText } from '@docent/language';

interface WinkEngine {
  defineConfig(config: object): void;
  definePrepTasks(tasks: ((text: string) => string[])[]): void;
  addDoc(document: object, id: string): void;
  consolidate(): void;
  search(text: string, limit: number): [string, number][];
}

/** wink-bm25-text-search behind the same analysis of text as ours: the yardstick for the engine alone. */
export function winkIndex(): {
  add(chunks: IndexChunk[]): Promise<void>;
  search(text: string, limit?: number): Promise<string[]>;
} {
  const engine = (createRequire(import.meta.url)('wink-bm25-text-search') as () => WinkEngine)();
  engine.defineConfig({ fldWeights: { title: 1, text: 1 }, bm25Params: { k1: 1.2, b: 0.75, k: 1 } });
  engine.definePrepTasks([(text) => analyseText(text, 'en')]);
  return {
    async add(chunks) {
      for (const { chunkId, title, text } of chunks) engine.addDoc({ title, text }, chunkId);
      engine.consolidate();
    },
    async search(text, limit = 10) {
      return engine.search(text, limit).map(([id]) => id);
    },
  };
}
