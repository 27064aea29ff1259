import { Refusal } from './respond';

export function page<Item extends { id: string }>(items: Item[], { cursor, limit }: { cursor?: string; limit: number }) {
  const start = cursor ? items.findIndex(({ id }) => id === cursor) + 1 : 0;
  const shown = items.slice(start, start + limit);
  return { items: shown, nextCursor: start + limit < items.length ? (shown.at(-1)?.id ?? null) : null };
}

export function find<Item extends { id: string }>(items: Item[], id: string): Item {
  const item = items.find((candidate) => candidate.id === id);
  if (!item) throw new Refusal('not_found');
  return item;
}

export function removeFrom(items: { id: string }[], id: string): void {
  const index = items.findIndex((item) => item.id === id);
  if (index < 0) throw new Refusal('not_found');
  items.splice(index, 1);
}
