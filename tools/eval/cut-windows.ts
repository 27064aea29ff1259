/** Overlapping windows of words, for yardsticks that have no splitter of their own. */
export function cutWindows(text: string, size = 180, overlap = 40): string[] {
  const words = text.split(/\s+/).filter(Boolean);
  const windows: string[] = [];
  for (let at = 0; at === 0 || at + overlap < words.length; at += size - overlap)
    windows.push(words.slice(at, at + size).join(' '));
  return windows;
}
