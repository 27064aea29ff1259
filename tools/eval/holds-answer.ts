/** Whether one of the strings stands in the text; compared in NFKC, lower case, without Markdown marks, white space as one blank. */
export function holdsAnswer(text: string, answers: string[]): boolean {
  const plain = comparable(text);
  return answers.some((answer) => plain.includes(comparable(answer)));
}

function comparable(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\\([_\-.()*#[\]!<>+|])/g, '$1')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*`]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/[“”„«»]/g, '"')
    .replace(/[’‘]/g, "'")
    .trim();
}
