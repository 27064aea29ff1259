/** The id under which a heading can be linked to, as code hosts make it: `What is a turn?` is `what-is-a-turn`. */
export function headingId(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s+/g, '-');
}
