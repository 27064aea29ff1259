import type { MeaningMap } from '@docent/contracts';

export type Scheme = 'light' | 'dark';

/** Told apart with the common kinds of colour blindness too; no red, which is for what was not answered. At least 3:1 on the map's ground. */
const colours: Record<Scheme, readonly string[]> = {
  light: ['#4a5bd0', '#0c8577', '#b36a00', '#8a46b8', '#4c7f14', '#0a7cae', '#8c5a3a', '#6b6f14', '#3d5a80'],
  dark: ['#8f9cf5', '#3ec7b4', '#e9a94a', '#c78cf0', '#93c855', '#52bdea', '#d09a72', '#c3c551', '#9db8d8'],
};
const others: Record<Scheme, string> = { light: '#85858f', dark: '#82828d' };

export interface SourceGroup {
  /** Sources of this colour; several only in the last group, of all that have none of their own. */
  ids: string[];
  /** Null: the others. */
  name: string | null;
  passages: number;
}

/** The sources with the most passages, each with a colour of its own, and all others together. */
export function groupSources(sources: MeaningMap['sources']): SourceGroup[] {
  const bySize = sources.toSorted((a, b) => b.passages - a.passages);
  const own = bySize.length > colours.light.length ? bySize.slice(0, colours.light.length - 1) : bySize;
  const rest = bySize.slice(own.length);
  const groups: SourceGroup[] = own.map(({ id, name, passages }) => ({ ids: [id], name, passages }));
  if (rest.length > 0) {
    groups.push({ ids: rest.map(({ id }) => id), name: null, passages: rest.reduce((sum, { passages }) => sum + passages, 0) });
  }
  return groups;
}

export function colourOf(group: SourceGroup, place: number, scheme: Scheme): string {
  return group.name === null ? others[scheme] : colours[scheme][place]!;
}

/** Of lines, words and crosses on the map. */
export const inks = {
  light: { ground: '#ffffff', words: '#3a3a42', answered: '#3a3a42', unanswered: '#c22f2f', ring: '#1b1b1f' },
  dark: { ground: '#1a1a1e', words: '#c3c3ca', answered: '#c3c3ca', unanswered: '#ff7b7b', ring: '#ededf0' },
} as const;
