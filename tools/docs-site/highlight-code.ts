import { escapeHtml, Html } from './html';

const comment = { sh: /#.*$/my, python: /#.*$/my, js: /\/\/.*$/my } as const;
const string = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/y;
const number = /\b\d[\d.]*\b/y;
const word = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const keywords = new Set(
  'import from const let await async for of in new return if else function true false null None True False print curl npm git docker pg_dump as'.split(
    ' ',
  ),
);

/** Colours strings, numbers, comments and the usual words of a piece of code. Made for the short examples of these pages. */
export function highlightCode(code: string, language: string): Html {
  const commentOf = language in comment ? comment[language as keyof typeof comment] : undefined;
  let text = '';
  for (let position = 0; position < code.length;) {
    const [kind, length] = tokenAt(code, position, commentOf);
    const piece = escapeHtml(code.slice(position, position + length));
    text += kind ? `<span class="code-${kind}">${piece}</span>` : piece;
    position += length;
  }
  return new Html(text);
}

function tokenAt(code: string, position: number, commentOf: RegExp | undefined): [kind: string, length: number] {
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = position;
    return pattern.exec(code)?.[0];
  };
  const startsComment = commentOf && (position === 0 || /\s/.test(code.charAt(position - 1)));
  const found = startsComment ? match(commentOf) : undefined;
  if (found) return ['comment', found.length];
  const quoted = match(string);
  if (quoted) return [/^\s*:/.test(code.slice(position + quoted.length)) ? 'key' : 'string', quoted.length];
  const name = match(word);
  if (name) return [keywords.has(name) ? 'keyword' : '', name.length];
  const digits = match(number);
  return digits ? ['number', digits.length] : ['', 1];
}
