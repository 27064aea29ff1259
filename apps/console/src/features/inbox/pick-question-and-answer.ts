import type { TranscriptEntry } from '@docent/contracts';

/**
 * What is worth keeping of a conversation that a person has answered: their longest message, and the question that stands before it.
 * A question is the latest visitor message with a question mark (in any script), or else simply the latest.
 * Undefined when no person answered.
 */
export function pickQuestionAndAnswer(transcript: readonly TranscriptEntry[]): { question: string; answer: string } | undefined {
  const answer = transcript
    .filter((entry) => entry.role === 'agent')
    .reduce<Extract<TranscriptEntry, { role: 'agent' }> | undefined>(
      (longest, entry) => (entry.text.trim().length > (longest?.text.trim().length ?? 0) ? entry : longest),
      undefined,
    );
  if (!answer) return undefined;
  const before = transcript.filter((entry) => entry.role === 'visitor').filter(({ seq, text }) => seq < answer.seq && text.trim());
  const question = before.findLast(({ text }) => /[?？؟]/.test(text)) ?? before.at(-1);
  return { question: question?.text.trim().slice(0, 1000) ?? '', answer: answer.text.trim() };
}
