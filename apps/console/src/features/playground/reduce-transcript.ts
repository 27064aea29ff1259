import type { ConversationEvent, EventPayload, TranscriptEntry } from '@docent/contracts';

type Answer = Extract<TranscriptEntry, { role: 'assistant' }>;

/** Puts one event of the log into the transcript. Events that were seen before change nothing. */
export function reduceTranscript(entries: readonly TranscriptEntry[], event: ConversationEvent): readonly TranscriptEntry[] {
  switch (event.type) {
    case 'message':
      return withMessage(entries, event);
    case 'answer.started':
      if (entries.some((entry) => isAnswerTo(entry, event.data.turnId))) return entries;
      return [...entries, emptyAnswer(event)];
    case 'answer.delta':
      return changeAnswer(entries, event.data.turnId, (answer) => withDelta(answer, event.data));
    case 'answer.completed':
      return changeAnswer(entries, event.data.turnId, (answer) => ({ ...answer, ...completion(event.data), at: event.at }));
    case 'answer.failed':
      return changeAnswer(entries, event.data.turnId, (answer) => ({
        ...answer,
        status: 'failed',
        error: { code: event.data.code, message: event.data.message },
      }));
  }
}

function withMessage(
  entries: readonly TranscriptEntry[],
  { seq, at, data }: Extract<ConversationEvent, { type: 'message' }>,
): readonly TranscriptEntry[] {
  if (data.role !== 'visitor' || entries.some((entry) => entry.role === 'visitor' && entry.seq === seq)) return entries;
  return [...entries, { role: 'visitor', seq, turnId: data.turnId, text: data.text, at }];
}

function emptyAnswer({ seq, at, data }: Extract<ConversationEvent, { type: 'answer.started' }>): Answer {
  return {
    role: 'assistant',
    seq,
    turnId: data.turnId,
    text: '',
    status: 'running',
    citations: [],
    answered: null,
    suggestions: [],
    rating: null,
    at,
  };
}

function withDelta(answer: Answer, data: EventPayload<'answer.delta'>): Answer {
  return { ...answer, text: answer.text + data.text, citations: [...answer.citations, ...(data.citations ?? [])] };
}

function completion({ text, citations, answered, suggestions }: EventPayload<'answer.completed'>): Partial<Answer> {
  return { text, citations, answered, suggestions, status: 'completed' };
}

function changeAnswer(
  entries: readonly TranscriptEntry[],
  turnId: string,
  change: (answer: Answer) => Answer,
): readonly TranscriptEntry[] {
  return entries.map((entry) => (isAnswerTo(entry, turnId) ? change(entry) : entry));
}

function isAnswerTo(entry: TranscriptEntry, turnId: string): entry is Answer {
  return entry.role === 'assistant' && entry.turnId === turnId;
}
