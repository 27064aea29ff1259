import { expect, it } from 'vitest';
import { readMarkdown } from './read-markdown';
import { splitMarkdown } from './split-markdown';
import { TextBuilder } from './text-builder';

it('cuts at blank lines and loses nothing', () => {
  const text = Array.from({ length: 50 }, (_, at) => `## Part ${at}\n\nWords of part ${at}.\n\n- one\n\n  more of one\n\n`).join(
    '',
  );
  const parts = splitMarkdown(text, 100);
  expect(parts.length).toBeGreaterThan(10);
  expect(parts.join('')).toBe(text);
  for (const part of parts) expect(part).not.toMatch(/^\s/u);
});

it('keeps a fenced block in one part, and opens it again where it is too long', () => {
  const short = `\`\`\`js\n\n${'code\n\n'.repeat(20)}\`\`\`\n`;
  expect(
    splitMarkdown(`${'Words.\n\n'.repeat(20)}${short}${'Words.\n\n'.repeat(20)}`, 150).find((part) => part.includes('code')),
  ).toContain(short);
  const long = splitMarkdown(`~~~\n${'code\n'.repeat(200)}~~~\nAfter.\n`, 100);
  expect(long.length).toBeGreaterThan(2);
  for (const part of long) expect(part.startsWith('~~~\n')).toBe(true);
});

it('reads a long document as it reads a short one', () => {
  const section =
    '## Fees\n\nA *fee* of [two euros](https://example.com).\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\n# no heading\n```\n\n';
  const into = new TextBuilder(1_000_000);
  readMarkdown(section.repeat(1000), into);
  const found = into.finish();
  expect([found.headings.length, found.tables.length]).toEqual([1000, 2000]);
  expect(found.text.split('A fee of two euros.').length).toBe(1001);
});
