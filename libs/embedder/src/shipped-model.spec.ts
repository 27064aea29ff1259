import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readWords } from './read-words';
import { openEmbedder } from './text-embedder';

const bytes = readFileSync(new URL('../model/docent-words.bin', import.meta.url));
const embedder = openEmbedder(bytes);
/** Without a knowledge base, words weigh what they weighed in training. */
const weightOf = (word: string) => embedder.priorOf(word) ?? 3;
const vectorOf = (text: string) => embedder.embedText(readWords(text), weightOf);
const passages = [
  'To change your password, open Account settings, choose Security and enter the new password twice.',
  'Invoices are sent by email on the first day of each month; you can pay by credit card or bank transfer.',
  'Upload a file by dragging it into the window. Files of up to 50 MB are accepted.',
  'To close your account, remove all members first. Deleted data can not be brought back.',
];

describe('the shipped embedder', () => {
  it('is as small as promised', () => {
    expect(bytes.length).toBeLessThanOrEqual(16_000_000);
  });

  it.each([
    ['I forgot my login credentials', 0],
    ['chnage my pasword', 0],
    ['when will I be billed', 1],
    ['how large may attachments be', 2],
    ['Wie ändere ich mein Kennwort?', 0],
    ['¿Cómo cargo un archivo?', 2],
    ['Comment supprimer mon compte ?', 3],
    ['更改密码', 0],
  ])('finds the passage for "%s"', (question, wanted) => {
    const scores = passages.map((passage) => cosine(vectorOf(question), vectorOf(passage)));
    expect(scores.indexOf(Math.max(...scores))).toBe(wanted);
  });
});

function cosine(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, value, at) => sum + value * right[at]!, 0);
}
