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
      // A person took over before the first word.
      if (event.data.text === '') return entries.filter((entry) => !isAnswerTo(entry, event.data.turnId));
      return changeAnswer(entries, event.data.turnId, (answer) => ({ ...answer, ...completion(event.data), at: event.at }));
    case 'answer.failed':
      return changeAnswer(entries, event.data.turnId, (answer) => ({
        ...answer,
        status: 'failed',
        error: { code: event.data.code, message: event.data.message },
      }));
    case 'answer.restarted':
      return changeAnswer(entries, event.data.turnId, (answer) => ({
        ...answer,
        text: '',
        citations: [],
        unsupported: [],
        status: 'running',
      }));
    case 'handover':
      if (isKnown(entries, event.seq)) return entries;
      return [...entries, { role: 'handover', seq: event.seq, at: event.at, ...event.data }];
  }
}

function isKnown(entries: readonly TranscriptEntry[], seq: number): boolean {
  return entries.some((entry) => entry.seq === seq);
}

function withMessage(
  entries: readonly TranscriptEntry[],
  { seq, at, data }: Extract<ConversationEvent, { type: 'message' }>,
): readonly TranscriptEntry[] {
  if (isKnown(entries, seq)) return entries;
  const { role, turnId, text, attachments, agent } = data;
  if (role === 'visitor') return [...entries, { role, seq, turnId, text, attachments, at }];
  if (role === 'agent') return [...entries, { role, seq, agent, text, attachments, at }];
  return entries;
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
  const { text, citations = [], unsupported = [] } = data;
  return {
    ...answer,
    text: answer.text + text,
    citations: [...answer.citations, ...citations],
    unsupported: [...(answer.unsupported ?? []), ...unsupported],
  };
}

function completion({ text, citations, unsupported, answered, suggestions }: EventPayload<'answer.completed'>): Partial<Answer> {
  return { text, citations, unsupported, answered, suggestions, status: 'completed' };
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
