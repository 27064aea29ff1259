import { expect, it } from 'vitest';
import { correctSpelling } from './correct-spelling';

const texts = ['Paste the widget into your website.', 'The documentation is complete.'];

it.each([
  ['a letter left out', 'How do I paste the wdget?', ['wdget'], 'How do I paste the widget?'],
  ['two letters swapped, with a capital', 'Wigdet on my site', ['wigdet'], 'widget on my site'],
  ['two errors in a long word', 'Where is the dcoumentatoin?', ['dcoumentatoin'], 'Where is the documentation?'],
])('corrects %s', (_what, question, unknown, corrected) => {
  expect(correctSpelling(question, unknown, texts)).toBe(corrected);
});

it('takes out small words that are none', () => {
  expect(correctSpelling('Waht is teh widget for?', ['waht', 'teh'], texts).trim().split(/\s+/)).toEqual([
    'is',
    'widget',
    'for?',
  ]);
});

it.each([
  ['a short word', 'Is it sate?', ['sate']],
  ['a word that nothing is near to', 'Where is the gadget?', ['gadget']],
  ['a code', 'What is wid9et?', ['wid9et']],
  ['what is known', 'Where is the widgets page?', []],
])('leaves %s as it is', (_what, question, unknown) => {
  expect(correctSpelling(question, unknown, texts)).toBe(question);
});

it('reads a word of another language as theirs only where it begins alike', () => {
  const better = ['It gets better with every document.'];
  expect(correctSpelling('Wie wird das Wetter?', ['wetter'], better, true)).toBe('Wie wird das Wetter?');
  expect(correctSpelling('¿Qué es un documento?', ['documento'], better, true)).toBe('¿Qué es un document?');
});
