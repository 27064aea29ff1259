import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useElementSize } from '@mantine/hooks';
import { boundsOf, fitView, panBy, zoomAt, type Place, type View } from './map-view';

const keySteps: Record<string, Place> = {
  ArrowLeft: { x: 60, y: 0 },
  ArrowRight: { x: -60, y: 0 },
  ArrowUp: { x: 0, y: 60 },
  ArrowDown: { x: 0, y: -60 },
};
const keyZooms: Record<string, number> = { '+': 1.5, '=': 1.5, '-': 1 / 1.5 };

/** What part of the map is seen, moved by wheel, keys and whoever calls. `places`: all that there is to see. */
export function useMapView(places: readonly Place[]) {
  const { ref: sizeRef, width, height } = useElementSize<HTMLDivElement>();
  const size = useMemo(() => ({ width, height }), [width, height]);
  const bounds = useMemo(() => boundsOf(places), [places]);
  const whole = useMemo(() => fitView(bounds, size, 600), [bounds, size]);
  /** Null: all, also when the window changes. */
  const [moved, setMoved] = useState<View | null>(null);

  const zoom = useCallback(
    (factor: number, point?: Place) =>
      setMoved((before) => {
        const next = zoomAt(before ?? whole, factor, point ?? { x: size.width / 2, y: size.height / 2 }, whole);
        return next.scale <= whole.scale ? null : next;
      }),
    [whole, size],
  );
  const pan = (by: Place) => setMoved((before) => panBy(before ?? whole, by, bounds, size));
  const showAll = useCallback(() => setMoved(null), []);
  /** Brings these places into sight, near enough to be told apart. */
  const show = useCallback(
    (some: readonly Place[]) => {
      if (some.length > 0) setMoved(fitView(boundsOf(some), size, whole.scale * 4));
    },
    [size, whole],
  );

  const wheelRef = useWheel(zoom);
  const attach = useCallback(
    (element: HTMLDivElement | null) => {
      sizeRef(element);
      wheelRef(element);
    },
    [sizeRef, wheelRef],
  );

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = keySteps[event.key];
    const factor = keyZooms[event.key];
    if (step) pan(step);
    else if (factor) zoom(factor);
    else if (event.key === '0' || event.key === 'Home') showAll();
    else return;
    event.preventDefault();
  };
  return { attach, size, view: moved ?? whole, whole, isWhole: moved === null, pan, zoom, showAll, show, onKeyDown };
}

/** React listens to wheels passively, and then the page would scroll as well. */
function useWheel(zoom: (factor: number, point: Place) => void) {
  const latest = useRef(zoom);
  useEffect(() => {
    latest.current = zoom;
  }, [zoom]);
  const undo = useRef<(() => void) | null>(null);
  return useCallback((element: HTMLDivElement | null) => {
    undo.current?.();
    undo.current = null;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const { left, top } = element.getBoundingClientRect();
      // A wheel's line or page counts as some pixels; fingers on a touchpad send many small ones.
      const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : 30);
      latest.current(Math.exp(-pixels * (event.ctrlKey ? 0.01 : 0.0018)), { x: event.clientX - left, y: event.clientY - top });
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    undo.current = () => element.removeEventListener('wheel', onWheel);
  }, []);
}
