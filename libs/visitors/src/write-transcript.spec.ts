import { describe, expect, it } from 'vitest';
import { widgetLanguages, type Conversation, type TranscriptEntry } from '@docent/contracts';
import { transcriptLanguages, transcriptTexts } from './transcript-texts';
import { writeTranscript } from './write-transcript';

const id = '0198c0de-0000-7000-8000-000000000001';
const at = '2026-11-21T09:05:00.000Z';

function aConversation(transcript: TranscriptEntry[], locale: string | null = 'en-GB'): Conversation {
  return {
    id,
    botId: id,
    channel: 'widget',
    visitorId: id,
    title: '',
    messageCount: 1,
    unansweredCount: 0,
    rating: null,
    pageUrl: null,
    locale,
    createdAt: at,
    lastMessageAt: at,
    lastSeq: 1,
    state: 'bot',
    transcript,
  };
}

const asked: TranscriptEntry = {
  role: 'visitor',
  seq: 1,
  turnId: id,
  text: 'Where is my parcel?',
  attachments: [{ id, name: 'label\r\n.png', mediaType: 'image/png', sizeBytes: 1 }],
  at,
};
const answered: TranscriptEntry = {
  role: 'assistant',
  seq: 2,
  turnId: id,
  text: 'It is on its way. [1]',
  status: 'completed',
  answered: true,
  suggestions: [],
  rating: null,
  at,
  citations: [
    {
      n: 1,
      sourceId: id,
      title: 'Shipping',
      url: 'https://shop.example.com/shipping',
      start: 0,
      end: 1,
      quote: 'I',
      snapshotHash: '',
    },
  ],
};

describe('a transcript as mail', () => {
  it('says who said what and when, with files and sources', () => {
    const { subject, text } = writeTranscript(
      aConversation([
        asked,
        answered,
        {
          role: 'handover',
          seq: 3,
          state: 'human',
          reason: 'visitor_asked',
          agent: null,
          text: '',
          promisedSeconds: null,
          offersForm: false,
          at,
        },
        { role: 'agent', seq: 4, agent: { id, name: 'Ada' }, text: 'Hello!', at },
      ]),
      'Guide\r\nBcc: eve@example.com',
    );
    expect(subject).toBe('Your conversation with Guide Bcc: eve@example.com');
    expect(text.split('\n\n')).toEqual([
      subject,
      `You, ${timeIn('en')} UTC\nWhere is my parcel?\n[File: label .png]`,
      `Guide Bcc: eve@example.com, ${timeIn('en')} UTC\nIt is on its way. [1]`,
      'Sources:\n[1] Shipping https://shop.example.com/shipping',
      `Ada, ${timeIn('en')} UTC\nHello!`,
      `-- \n${transcriptTexts('en').footer}\n`,
    ]);
  });

  it('says what the mark behind a sentence means that no source carries', () => {
    const { text } = writeTranscript(aConversation([{ ...answered, text: 'It is on its way. [1] It flies. [?]' }]), 'Guide');
    expect(text).toContain('shop.example.com/shipping\n[?] not found in the sources');
  });

  it.each([
    ['de', 'Wo ist denn bloß mein Paket geblieben?', 'en', 'Ihr Gespräch mit Guide'],
    ['ja', '荷物はどこですか？', null, 'Guide との会話'],
    ['fr', 'OK', 'fr-CA', 'Votre conversation avec Guide'],
    ['en', 'OK', 'xx', 'Your conversation with Guide'],
  ])('is in the language of the visitor: %s', (_, text, locale, subject) => {
    expect(writeTranscript(aConversation([{ ...asked, text }], locale), 'Guide').subject).toBe(subject);
  });

  it('has words in every language of the widget, each with a place for the bot', () => {
    expect([...transcriptLanguages].sort()).toEqual(widgetLanguages.filter((language) => language !== 'auto').sort());
    for (const language of transcriptLanguages) {
      expect(transcriptTexts(language).subject.split('{bot}'), language).toHaveLength(2);
      expect(
        Object.values(transcriptTexts(language)).every((text) => text.trim() !== ''),
        language,
      ).toBe(true);
    }
  });
});

function timeIn(language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(at));
}
