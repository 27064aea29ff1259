import { findNames, removed, withoutNames } from './without-names';

/** An event of a conversation's log as it is stored. */
export interface StoredEvent extends Record<string, unknown> {
  seq: number;
  type: string;
  payload: Record<string, unknown>;
}

/** Where words stand; everything else are ids and states, which may look like a name and are none. */
const fieldsOfText = ['text', 'title', 'quote', 'message', 'suggestions'];

/**
 * The events of one log, in order, that have to change so that these names are not in it any more: only texts do, and only by getting
 * shorter or saying `[removed]`. A name is also found where the pieces of an answer have torn it apart; joined, they still are the answer.
 * Files go, because their names may be a person's.
 */
export function forgetInLog(events: StoredEvent[], names: string[]): { seq: number; payload: Record<string, unknown> }[] {
  const pieces = piecesWithout(events, names);
  return events.flatMap(({ seq, payload }) => {
    const { attachments: _, ...kept } = payload;
    const changed = fieldsWithout(kept, names) as Record<string, unknown>;
    if (pieces.has(seq)) changed['text'] = pieces.get(seq);
    // The places of the marks are counted in the text as it was.
    if (changed['text'] !== payload['text']) delete changed['unsupported'];
    return JSON.stringify(changed) === JSON.stringify(payload) ? [] : [{ seq, payload: changed }];
  });
}

function fieldsWithout(value: unknown, names: string[]): unknown {
  if (Array.isArray(value)) return value.map((each) => fieldsWithout(each, names));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([field, each]) => [field, fieldsOfText.includes(field) ? withoutNames(each, names) : fieldsWithout(each, names)]));
}

/** The new text of each piece, by its number: of all that one attempt said together. */
function piecesWithout(events: StoredEvent[], names: string[]): Map<number, string> {
  const open = new Map<string, { seq: number; text: string }[]>();
  const attempts: { seq: number; text: string }[][] = [];
  for (const { seq, type, payload } of events) {
    const turnId = String(payload['turnId']);
    if (type === 'answer.restarted') open.delete(turnId);
    if (type !== 'answer.delta') continue;
    if (!open.has(turnId)) attempts.push(open.set(turnId, []).get(turnId)!);
    open.get(turnId)!.push({ seq, text: String(payload['text']) });
  }
  return new Map(attempts.flatMap((attempt) => cutAsBefore(attempt, names)));
}

/** What replaces a name stands in the piece in which the name begins; pieces that it runs through lose their share of it. */
function cutAsBefore(attempt: { seq: number; text: string }[], names: string[]): [number, string][] {
  const found = findNames(attempt.map(({ text }) => text).join(''), names);
  let begin = 0;
  return attempt.map(({ seq, text }) => {
    const end = begin + text.length;
    let [kept, at] = ['', begin];
    for (const name of found) {
      if (name.end <= begin || name.start >= end) continue;
      kept += text.slice(at - begin, Math.max(name.start, at) - begin) + (name.start >= begin ? removed : '');
      at = Math.min(name.end, end);
    }
    kept += text.slice(at - begin);
    begin = end;
    return [seq, kept];
  });
}
