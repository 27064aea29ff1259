import { describe, expect, it } from 'vitest';
import type { AnswerPassage } from '../answer-passage';
import { CitationStream } from '../cite-stream';

const aPassage = (text: string, language: string, title = 'Help'): AnswerPassage => ({
  sourceId: text,
  title,
  url: null,
  headings: [],
  snapshotHash: 'hash',
  start: 0,
  text,
  pages: [],
  language,
});

const english = [
  aPassage(
    'The harbour office opens at seven in the morning. On Sundays it opens at 10. A berth costs 24 euros per night. Dogs are not allowed on the pier.',
    'en',
  ),
  aPassage('The museum was founded by Anna Keller in March 1987. It keeps 1,250 paintings. Tickets are sold online only.', 'en'),
];
const german = [
  aPassage(
    'Das Hafenbüro öffnet um sieben Uhr. Ein Liegeplatz kostet 24 Euro pro Nacht. Hunde sind auf der Mole nicht erlaubt.',
    'de',
  ),
];

/** What is shown of one sentence, and why it is marked. */
function judge(said: string, passages = english, question = '') {
  const stream = new CitationStream(passages, { question });
  const pieces = [stream.push(said), stream.finish()];
  return {
    text: pieces.map(({ text }) => text).join(''),
    reasons: pieces.flatMap(({ unsupported }) => unsupported.map(({ reason }) => reason)),
  };
}

describe('a sentence is marked', () => {
  it.each([
    ['A berth costs 42 euros per night [1].', 'number'],
    ['A berth costs 24.5 euros per night [1].', 'number'],
    // The number is the passage's, but of another sentence.
    ['The harbour office opens at 24 in the morning [1].', 'number'],
    ['On Mondays it opens at 10 [1].', 'number'],
    ['The museum was founded in April 1987 [2].', 'number'],
    ['The museum was founded by Anna Schmidt in 1987 [2].', 'name'],
    ['The office opens at seven in the morning in Rotterdam [1].', 'name'],
    ['Dogs are allowed on the pier [1].', 'negation'],
    ['Tickets are not sold online [2].', 'negation'],
    ['Our parrots sing loudly every single day [1].', 'words'],
    ['Parrots sing loudly every single morning.', 'words'],
    ['Sure, you can return everything whenever you like.', 'words'],
    ['I could not find opening hours, but parking is free for all guests.', 'words'],
    ['## Only 99 euros today', 'number'],
    ['It costs 99 euros:', 'number'],
    ['Shall I book the suite for 99 euros?', 'number'],
  ])('%s: %s', (said, reason) => {
    const { text, reasons } = judge(said);
    expect(reasons).toEqual([reason]);
    expect(text).toMatch(/ \[\?\]$/);
  });

  it.each([
    ['Ein Liegeplatz kostet 34 Euro pro Nacht [1].', german, 'number'],
    ['Hunde sind auf der Mole erlaubt [1].', german, 'negation'],
    ['Katzen bekommen jeden Abend frische Milch.', german, 'words'],
    ['泊位每晚42欧元。[1]', english, 'number'],
    ['Место у причала стоит 42 евро [1].', english, 'number'],
    ['รถทัวร์ราคา ๔๒ ยูโร [1]', english, 'number'],
    ['يبلغ السعر ٤٢ يورو [1].', english, 'number'],
  ] as const)('in any language: %s', (said, passages, reason) => {
    expect(judge(said, [...passages]).reasons).toEqual([reason]);
  });

  it('a block of code, on a line of its own behind it', () => {
    expect(judge('```sh\nformat --disk everything\n```\nBye').text).toBe('```sh\nformat --disk everything\n```\n[?]\nBye');
  });
});

describe('a sentence is not marked', () => {
  it.each([
    'A berth costs 24 euros per night [1].',
    'You pay 24 euros for a berth each night [1].',
    'The office opens at 7 in the morning, and on Sundays at 10:00 [1].',
    'The museum keeps 1250 paintings [2].',
    'Anna Keller founded the museum in 3/1987 [2].',
    'Dogs may not go on the pier [1].',
    'Hello! How can I help you?',
    'You are welcome.',
    'I could not find anything about parking in the sources.',
    'Here is what I found:',
    'Is there anything else you would like to know?',
    '## Opening hours',
    'Ein Liegeplatz kostet 24 Euro pro Nacht [1].',
    'Leider habe ich dazu keine Informationen gefunden.',
    'Sonntags öffnet es um 10 Uhr [1].',
    '泊位每晚24欧元。[1]',
    '很抱歉，我没有找到相关信息。',
    'Это стоит 24 евро [1].',
    '1. A berth costs 24 euros per night [1].',
  ])('%s', (said) => {
    expect(judge(said).reasons).toEqual([]);
  });

  it('for a name that the visitor brought', () => {
    expect(
      judge('The office in Rotterdam opens at seven in the morning [1].', english, 'When does Rotterdam open?').reasons,
    ).toEqual([]);
  });
});

it('is judged where it ends: the mark comes before the next sentence, the span without its marks', () => {
  const stream = new CitationStream(english);
  const said = 'Hello! It costs 42 euros [1]. A berth costs 24 euros per night [1].';
  const pieces = [...[...said].map((char) => stream.push(char)), stream.finish()];
  const text = pieces.map((piece) => piece.text).join('');
  expect(text).toBe('Hello! It costs 42 euros [1]. [?] A berth costs 24 euros per night [1].');
  const spans = pieces.flatMap(({ unsupported }) => unsupported);
  expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual(['It costs 42 euros [1].']);
});
