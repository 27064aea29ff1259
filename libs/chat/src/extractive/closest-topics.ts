const mostTopics = 3;

/** What there is instead of an answer: the headings or titles of the nearest passages, best first. */
export function closestTopics(passages: { title: string; headings: string[] }[]): string[] {
  const names = passages.map((passage) => passage.headings.at(-1) || passage.title).filter((name) => name.trim() !== '');
  return [...new Set(names)].slice(0, mostTopics);
}
