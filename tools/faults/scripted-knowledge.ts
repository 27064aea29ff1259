/** What the bots of a campaign know, and what they are asked. */
export const berths = 60;

export function harbourText(): string {
  const lines = Array.from({ length: berths }, (_, index) => `Berth ${index + 1} costs ${index + 20} euros per night, and its key hangs on hook number ${(index * 7) % berths}.`);
  return `# Harbour fees\n\n${lines.join('\n\n')}\n`;
}

/** Each question stands once in the world, so that the model's calls can be told apart. */
export function questionOf(visitor: number, message: number, tries = 0): string {
  return `What does berth ${((visitor * 31 + message * 7) % berths) + 1} cost per night? (${visitor}-${message}${tries > 0 ? `-${tries}` : ''})`;
}

/** The question that a prompt asks: its last one, because the history stands before it. */
export function askedIn(prompt: string): string | null {
  return [...prompt.matchAll(/What does berth \d+ cost per night\? \([\d-]+\)/g)].at(-1)?.[0] ?? null;
}
