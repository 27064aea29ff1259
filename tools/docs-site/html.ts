/** HTML that is safe to put into a page as it is. */
export class Html {
  constructor(readonly text: string) {}
}

type Value = Html | string | number | false | null | undefined | Value[];

/** A template whose inserted strings are escaped; only {@link Html} goes in as it is. Lists are joined, false and null vanish. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(strings.reduce((text, part, position) => text + toText(values[position - 1]) + part));
}

/** The five characters that mean something to HTML, as references. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function toText(value: Value): string {
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(toText).join('');
  if (value === false || value === null || value === undefined) return '';
  return escapeHtml(String(value));
}
