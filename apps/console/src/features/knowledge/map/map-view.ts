export interface Place {
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

/** What part of the map is seen: a place stands on the screen at `scale * place + offset`, in CSS pixels. */
export interface View {
  scale: number;
  x: number;
  y: number;
}

export interface Bounds {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Free space around what is shown, so that labels and crosses at the edge are whole. */
const marginPixels = 36;
const deepest = 40;

/** The rectangle around places; one of size 0 around none. */
export function boundsOf(places: readonly Place[]): Bounds {
  const start = places[0] ?? { x: 0, y: 0 };
  const bounds = { left: start.x, top: start.y, right: start.x, bottom: start.y };
  for (const { x, y } of places) {
    bounds.left = Math.min(bounds.left, x);
    bounds.right = Math.max(bounds.right, x);
    bounds.top = Math.min(bounds.top, y);
    bounds.bottom = Math.max(bounds.bottom, y);
  }
  return bounds;
}

/** The view that shows `bounds` whole and in the middle. `closest`: not nearer than this scale. */
export function fitView(bounds: Bounds, { width, height }: Size, closest = Infinity): View {
  const free = { width: Math.max(width - 2 * marginPixels, 40), height: Math.max(height - 2 * marginPixels, 40) };
  const across = Math.max(bounds.right - bounds.left, 1e-6);
  const down = Math.max(bounds.bottom - bounds.top, 1e-6);
  const scale = Math.min(free.width / across, free.height / down, closest);
  return {
    scale,
    x: width / 2 - (scale * (bounds.left + bounds.right)) / 2,
    y: height / 2 - (scale * (bounds.top + bounds.bottom)) / 2,
  };
}

/** Nearer (`factor` above 1) or farther, around a point of the screen that stays where it is; never farther than all, or without end. */
export function zoomAt(view: View, factor: number, point: Place, whole: View): View {
  const scale = Math.min(Math.max(view.scale * factor, whole.scale), whole.scale * deepest);
  const change = scale / view.scale;
  return { scale, x: point.x - change * (point.x - view.x), y: point.y - change * (point.y - view.y) };
}

/** Moved, but so that something of the map stays in sight. */
export function panBy(view: View, by: Place, bounds: Bounds, { width, height }: Size): View {
  const keep = marginPixels * 2;
  const within = (offset: number, from: number, to: number, length: number) =>
    Math.min(Math.max(offset, keep - view.scale * to), length - keep - view.scale * from);
  return {
    scale: view.scale,
    x: within(view.x + by.x, bounds.left, bounds.right, width),
    y: within(view.y + by.y, bounds.top, bounds.bottom, height),
  };
}

export function toScreen(view: View, place: Place): Place {
  return { x: view.scale * place.x + view.x, y: view.scale * place.y + view.y };
}
