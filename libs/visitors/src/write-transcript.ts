import { unsupportedMark, type Attachment, type Conversation, type TranscriptEntry } from '@docent/contracts';
import { baseLanguage, detectLanguage } from '@docent/language';
import type { Mail } from '@docent/ports';
import { transcriptLanguages, transcriptTexts, type TranscriptTexts } from './transcript-texts';

/** A conversation as plain text, in the language that the visitor's page or their own words have. */
export function writeTranscript(conversation: Conversation, botName: string): Pick<Mail, 'subject' | 'text'> {
  const language = languageOf(conversation);
  const texts = transcriptTexts(language);
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
  const subject = texts.subject.replace('{bot}', () => oneLine(botName));
  const said = conversation.transcript.flatMap((entry) => {
    const body = bodyOf(entry, texts);
    return body === '' ? [] : [`${speakerOf(entry, texts, botName)}, ${time.format(new Date(entry.at))} UTC\n${body}`];
  });
  return { subject, text: [subject, ...said, `-- \n${texts.footer}`].join('\n\n') + '\n' };
}

function languageOf({ locale, transcript }: Conversation): string {
  const spoken = transcript
    .filter((entry) => entry.role === 'visitor')
    .map(({ text }) => text)
    .join('\n');
  const known = [baseLanguage(detectLanguage(spoken)), baseLanguage(locale)].find(
    (language) => language && transcriptLanguages.includes(language),
  );
  return known ?? 'en';
}

function speakerOf(entry: TranscriptEntry, texts: TranscriptTexts, botName: string): string {
  if (entry.role === 'visitor') return texts.you;
  if (entry.role === 'agent') return oneLine(entry.agent?.name ?? texts.team);
  return oneLine(botName);
}

function bodyOf(entry: TranscriptEntry, texts: TranscriptTexts): string {
  if (entry.role === 'assistant') return [entry.text, sourcesOf(entry, texts)].filter((part) => part !== '').join('\n\n');
  const files = entry.role === 'handover' ? [] : filesOf(entry.attachments, texts);
  return [entry.text, ...files].filter((part) => part.trim() !== '').join('\n');
}

function filesOf(attachments: Attachment[] = [], texts: TranscriptTexts): string[] {
  return attachments.map(({ name }) => `[${texts.file}: ${oneLine(name)}]`);
}

function sourcesOf({ text, citations }: Extract<TranscriptEntry, { role: 'assistant' }>, texts: TranscriptTexts): string {
  const doubts = text.includes(unsupportedMark) ? [`${unsupportedMark} ${texts.unsupported}`] : [];
  if (citations.length === 0) return doubts.join();
  return [
    `${texts.sources}:`,
    ...citations.map(({ n, title, url }) => `[${n}] ${oneLine(title)}${url ? ` ${url}` : ''}`),
    ...doubts,
  ].join('\n');
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}
