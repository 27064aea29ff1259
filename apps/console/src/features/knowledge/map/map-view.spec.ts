import { describe, expect, it } from 'vitest';
import { boundsOf, fitView, panBy, toScreen, zoomAt } from './map-view';

const size = { width: 800, height: 600 };
const places = [
  { x: -1, y: 0 },
  { x: 3, y: 2 },
];
const bounds = boundsOf(places);
const whole = fitView(bounds, size);

describe('the view of the map', () => {
  it('shows everything at first', () => {
    for (const place of places) {
      const { x, y } = toScreen(whole, place);
      expect([x > 0, x < size.width, y > 0, y < size.height]).toEqual([true, true, true, true]);
    }
  });

  it('is finite for one place and for none', () => {
    for (const some of [[], [{ x: 5, y: 5 }]]) {
      const view = fitView(boundsOf(some), size, 300);
      expect(Object.values(view).every(Number.isFinite)).toBe(true);
      expect(view.scale).toBe(300);
    }
  });

  it('keeps the place under the pointer where it is while zooming', () => {
    const point = toScreen(whole, places[1]!);
    const after = toScreen(zoomAt(whole, 3, point, whole), places[1]!);
    expect(after.x).toBeCloseTo(point.x);
    expect(after.y).toBeCloseTo(point.y);
  });

  it('goes neither farther than all nor nearer without end', () => {
    const point = { x: 10, y: 10 };
    expect(zoomAt(whole, 0.01, point, whole).scale).toBe(whole.scale);
    expect(zoomAt(whole, 1e9, point, whole).scale).toBe(zoomAt(whole, 1e6, point, whole).scale);
  });

  it('cannot be pushed out of sight', () => {
    const away = panBy(whole, { x: 1e6, y: -1e6 }, bounds, size);
    const corners = places.map((place) => toScreen(away, place));
    expect(Math.min(...corners.map(({ x }) => x))).toBeLessThan(size.width);
    expect(Math.max(...corners.map(({ y }) => y))).toBeGreaterThan(0);
  });
});
