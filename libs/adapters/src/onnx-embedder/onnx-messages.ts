/** What the model's process is asked: to open a folder, once, then for the vectors of texts, one order at a time. */
export type OnnxOrder = { type: 'open'; folder: string } | { type: 'embed'; texts: string[] };

/** What the process says of the model that it has opened. */
export interface OpenedModel {
  dimensions: number;
  /** SHA-256 over everything that a vector depends on: the model, its words, its settings. */
  version: string;
  /** What the model's own files say is to be put before a question and before a passage. */
  prefixes: { question: string; passage: string };
}

/** One answer per order. `problem`: what was expected of the folder, or what went wrong, in words. */
export type OnnxAnswer =
  | { type: 'opened'; model: OpenedModel }
  | { type: 'vectors'; vectors: Float32Array[] }
  | { type: 'problem'; problem: string; isOfFolder: boolean };
