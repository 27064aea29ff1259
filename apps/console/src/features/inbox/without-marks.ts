/** A suggested reply as a person would write it: without `[n]` and `[?]`, which point at passages that the visitor is not shown. */
export function withoutMarks(text: string): string {
  return text.replace(/ ?\[(?:\d{1,3}|\?)\](?!\()/g, '').trim();
}
