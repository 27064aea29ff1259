import { describe, expect, it } from 'vitest';
import type { ExtractPassage } from './extract-types';
import { quoteBest } from './quote-best';
import type { ReadQuestion } from './read-question';

const scopes = `Scopes of a key

A key has one scope or more. It cannot do anything else.

- \`chat\` allows to ask.
- \`read\` allows to read.

The list may grow.`;
const call = `Making a bot

Send a name to the server. The answer holds its id.

curl -X POST http://localhost/v1/bots \\
  -d '{"name": "Shop"}'`;
const reply = `Films

Yes. A film may have 50 MB. It is kept for a year.`;

describe('quoteBest', () => {
  it('gives a section whose heading asks the question from its beginning, with its list', () => {
    expect(quoted(scopes, 'cannot', 0.8)).toEqual([
      'A key has one scope or more.',
      'It cannot do anything else.',
      '- `chat` allows to ask.\n- `read` allows to read.',
    ]);
    expect(quoted(scopes, '`read`', 0.8)).toEqual(quoted(scopes, 'cannot', 0.8));
  });

  it('gives an entry alone where the heading asks something else, or where one thing is asked', () => {
    expect(quoted(scopes, '`read`', 0)).toEqual(['`read` allows to read.']);
    expect(quoted(scopes, '`read`', 0.8, 'number')).toEqual(['`read` allows to read.']);
  });

  it('gives what a sentence leans on', () => {
    expect(quoted(scopes, 'cannot', 0)).toEqual(['A key has one scope or more.', 'It cannot do anything else.']);
    expect(quoted(scopes, 'The list', 0)).toEqual(['The list may grow.']);
  });

  it('gives the call to who asks how, and a call never without what it is', () => {
    const whole = ['Send a name to the server.', 'The answer holds its id.', call.slice(call.indexOf('curl'))];
    expect(quoted(call, 'Send', 0.8, 'steps')).toEqual(whole);
    expect(quoted(call, '-d', 0)).toEqual(whole.slice(1));
    expect(quoted(call, 'Send', 0, 'steps')).toEqual(['Send a name to the server.']);
  });

  it('gives a short first paragraph whole below a heading that is a question', () => {
    const asked = reply.replace('Films', 'Can I upload a film?');
    expect(quoted(asked, 'It is kept', 0)).toEqual(['Yes. A film may have 50 MB.', 'It is kept for a year.']);
    expect(quoted(asked, 'Yes', 0)).toEqual(quoted(asked, 'It is kept', 0));
  });

  it('keeps "Yes." with what it says yes to', () => {
    expect(quoted(reply, 'Yes', 0)).toEqual(['Yes. A film may have 50 MB.']);
    expect(quoted(reply, 'It is kept', 0)).toEqual(['Yes. A film may have 50 MB.', 'It is kept for a year.']);
  });
});

/** The quotes for the sentence that begins with, or holds, these words. */
function quoted(text: string, words: string, headingMatch: number, type: ReadQuestion['type'] = 'other'): string[] {
  const heading = text.split('\n')[0]!;
  const passage: ExtractPassage = {
    text,
    title: 'Help',
    headings: ['Help', heading],
    language: 'en',
    score: 1,
    lexicalScore: 9,
    vectorScore: 0,
  };
  const question: ReadQuestion = { text: heading, language: 'en', type, words: [], wordOfTerm: () => undefined, weightSum: 1 };
  const start = text.indexOf(words);
  const stop = /[.\n]/g;
  stop.lastIndex = start;
  const end = (stop.exec(text)?.index ?? text.length - 1) + 1;
  return quoteBest(question, passage, { start, end }, headingMatch).spans.map((span) => text.slice(span.start, span.end));
}
