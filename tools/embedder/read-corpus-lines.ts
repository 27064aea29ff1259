import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The objects of `<name>.jsonl.gz`, or each n-th. Lines end at line feeds only: the texts hold other line separators. */
export function* readCorpusLines<T>(folder: string, name: string, every = 1): Generator<T> {
  const bytes = gunzipSync(readFileSync(path.join(folder, `${name}.jsonl.gz`)));
  let number = 0;
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(10, start);
    const end = found < 0 ? bytes.length : found;
    if (end > start && number++ % every === 0) yield JSON.parse(bytes.toString('utf8', start, end)) as T;
    start = end + 1;
  }
}
