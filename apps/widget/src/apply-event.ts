import type { EventType, TranscriptEntry } from '@docent/contracts';

export type Answer = Extract<TranscriptEntry, { role: 'assistant' }>;
type Payload = Partial<Omit<Answer, 'role'>> & { role?: TranscriptEntry['role'] | 'system'; code?: string; message?: string };

/** The transcript after one more event of the log. Pure: entries that do not change stay the same objects; unknown events change nothing. */
export function applyEvent(entries: TranscriptEntry[], type: string, data: Payload): TranscriptEntry[] {
  if ((['message', 'handover'] satisfies EventType[] as string[]).includes(type))
    return data.role === 'system'
      ? entries
      : [...entries, { ...emptyAnswer, status: 'completed', role: type, ...data } as TranscriptEntry];
  if (!type.startsWith('answer.')) return entries;
  const at = entries.findLastIndex((entry) => entry.role === 'assistant' && entry.turnId === data.turnId);
  const answer = (entries[at] ?? { ...emptyAnswer, turnId: data.turnId }) as Answer;
  const changed = { ...answer, ...changeOf(answer, type, data) };
  // A person took over before the first word.
  if (changed.status === 'completed' && !changed.text) return entries.filter((entry) => entry !== answer);
  return at < 0 ? [...entries, changed] : entries.with(at, changed);
}

const emptyAnswer = { role: 'assistant', text: '', status: 'running', citations: [], suggestions: [], rating: null };

function changeOf(answer: Answer, type: string, data: Payload): Partial<Answer> {
  if (type === 'answer.delta')
    return { text: answer.text + data.text, citations: [...answer.citations, ...(data.citations ?? [])] };
  // What was said so far is forgotten: another process begins the answer anew.
  if (type === 'answer.restarted') return { text: '', citations: [] };
  if (type === 'answer.completed') return { ...(data as Partial<Answer>), status: 'completed' };
  if (type === 'answer.failed') return { status: 'failed', error: data as Answer['error'] };
  return {};
}
