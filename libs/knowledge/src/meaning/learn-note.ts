import { z } from 'zod';

/** Fewer passages teach nothing that holds: such a bot uses the embedder as it came. */
export const fewestPassages = 50;

/** How the questions of the gate were found: share among the first five passages, and mean of 1/rank within ten. */
export const Found = z.object({ recall: z.number(), mrr: z.number() });
export type Found = z.infer<typeof Found>;

/** What is noted of a learning beside the rows (`knowledge_models.learned`). */
export const LearnNote = z.object({
  outcome: z.enum(['learned', 'kept']),
  at: z.iso.datetime(),
  seconds: z.number(),
  passages: z.number().int(),
  /** Questions with known answers that it learned from. */
  pairs: z.number().int(),
  /** Answers that were praised or approved then. */
  use: z.number().int(),
  rows: z.object({ bytes: z.number().int() }).nullable(),
  /** What the gate saw: the bot's own questions and visitors', and those made from headings. */
  gate: z.object({
    own: z.object({ count: z.number().int(), before: Found, after: Found }).nullable(),
    made: z.object({ count: z.number().int(), before: Found, after: Found }).nullable(),
  }),
});
export type LearnNote = z.infer<typeof LearnNote>;

/** Null for what is missing or was written by another version. */
export function readLearnNote(stored: unknown): LearnNote | null {
  return LearnNote.safeParse(stored).data ?? null;
}
