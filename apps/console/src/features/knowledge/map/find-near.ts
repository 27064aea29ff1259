import type { MapContent } from './draw-map';
import { toScreen, type Place, type View } from './map-view';

export type Mark = { kind: 'passage'; index: number } | { kind: 'question'; index: number };

/** What stands at a point of the screen, within `reach` pixels; questions before passages. */
export function findNear(content: MapContent, view: View, point: Place, reach: number): Mark | null {
  const question = nearestOf(content.crosses, view, point, reach);
  if (question !== null) return { kind: 'question', index: question };
  const passage = nearestOf(content.dots, view, point, reach);
  return passage === null ? null : { kind: 'passage', index: passage };
}

export function isSameMark(left: Mark | null, right: Mark | null): boolean {
  return left?.kind === right?.kind && left?.index === right?.index;
}

function nearestOf(items: readonly (Place & { index: number })[], view: View, point: Place, reach: number): number | null {
  let found: number | null = null;
  let least = reach;
  for (const item of items) {
    const { x, y } = toScreen(view, item);
    const apart = Math.hypot(x - point.x, y - point.y);
    if (apart < least) [found, least] = [item.index, apart];
  }
  return found;
}
