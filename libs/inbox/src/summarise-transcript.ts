import type { Citation, TranscriptEntry } from '@docent/contracts';
import { splitSentences } from '@docent/language';

export interface Summary {
  summary: string;
  /** Numbered anew, as the summary names them. */
  citations: Citation[];
}

type AssistantEntry = Extract<TranscriptEntry, { role: 'assistant' }>;

const answersTold = 3;
const openTold = 3;
const lineLength = 280;

/** What a person needs to know who takes over, in the words of the transcript: what was asked first, what was answered, what is open. */
export function summariseTranscript(transcript: TranscriptEntry[]): Summary {
  const questions = new Map(transcript.flatMap((entry) => (entry.role === 'visitor' && entry.turnId ? [[entry.turnId, entry.text] as const] : [])));
  const answers = transcript.filter((entry): entry is AssistantEntry => entry.role === 'assistant' && entry.turnId !== null);
  const citations: Citation[] = [];
  const first = transcript.find((entry) => entry.role === 'visitor');
  const lines = first ? [`Asked first: ${quoted(first.text)}`] : [];
  for (const answer of answers.filter(({ answered }) => answered).slice(-answersTold)) {
    lines.push(`Answered: ${quoted(questions.get(answer.turnId!) ?? '')} – ${renumbered(firstSentence(answer.text), answer.citations, citations)}`);
  }
  const open = answers.filter(({ answered, status }) => status !== 'completed' || answered === false).flatMap(({ turnId }) => questions.get(turnId!) ?? []);
  for (const question of [...new Set([...open, ...unheard(transcript)])].slice(-openTold)) lines.push(`Open: ${quoted(question)}`);
  return { summary: lines.join('\n'), citations };
}

/** What the visitor has said since anybody last spoke to them. */
export function unheard(transcript: TranscriptEntry[]): string[] {
  const heard = transcript.findLastIndex((entry) => entry.role === 'agent' || (entry.role === 'assistant' && entry.text !== '' && entry.answered !== false));
  return transcript.slice(heard + 1).flatMap((entry) => (entry.role === 'visitor' && entry.text.trim() !== '' ? [entry.text] : []));
}

/** With the marks that stand behind it. */
function firstSentence(text: string): string {
  const { start, end } = splitSentences(text)[0] ?? { start: 0, end: text.length };
  const marks = /^(?:\s*\[(?:\d+|\?)\])+/.exec(text.slice(end))?.[0] ?? '';
  return cut(text.slice(start, end)) + marks;
}

/** The same marks, counted within the summary; what the summary does not name is left out. */
function renumbered(text: string, from: Citation[], into: Citation[]): string {
  return text.replace(/\[(\d+)\]/g, (_, n: string) => {
    const cited = from.find((citation) => citation.n === Number(n));
    if (!cited) return '';
    const known = into.find(({ sourceId, start, end }) => sourceId === cited.sourceId && start === cited.start && end === cited.end);
    if (known) return `[${known.n}]`;
    into.push({ ...cited, n: into.length + 1 });
    return `[${into.length}]`;
  });
}

function quoted(text: string): string {
  return `“${cut(text.replace(/\s+/g, ' ').trim())}”`;
}

function cut(text: string): string {
  return text.length <= lineLength ? text : `${text.slice(0, lineLength - 1).toWellFormed()}…`;
}
