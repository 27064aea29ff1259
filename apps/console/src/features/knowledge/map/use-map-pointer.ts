import { useRef, type PointerEvent } from 'react';
import type { Place } from './map-view';

const clickPixels = 5;

interface Pointing {
  pan: (by: Place) => void;
  zoom: (factor: number, point: Place) => void;
  /** The pointer is over this point of the map; null: over none, or it is moving the map. */
  onPoint: (point: Place | null) => void;
  onClick: (point: Place) => void;
}

/** One pointer moves the map, two bring it nearer; one that hardly moves has clicked. */
export function useMapPointer({ pan, zoom, onPoint, onClick }: Pointing) {
  const pointers = useRef(new Map<number, Place>());
  const travelled = useRef(0);
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    pointers.current.set(event.pointerId, placeIn(event));
    travelled.current = pointers.current.size > 1 ? Infinity : 0;
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const here = placeIn(event);
    const before = pointers.current.get(event.pointerId);
    if (!before) return onPoint(event.pointerType === 'touch' ? null : here);
    const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
    pointers.current.set(event.pointerId, here);
    travelled.current += distance(here, before);
    if (other) return zoom(distance(here, other) / Math.max(distance(before, other), 1), middle(here, other));
    if (travelled.current <= clickPixels) return;
    onPoint(null);
    pan({ x: here.x - before.x, y: here.y - before.y });
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    const wasDown = pointers.current.delete(event.pointerId);
    if (wasDown && event.type === 'pointerup' && travelled.current <= clickPixels) onClick(placeIn(event));
  };
  const onPointerLeave = () => onPoint(null);
  return { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp, onPointerLeave };
}

function placeIn(event: PointerEvent<HTMLElement>): Place {
  const { left, top } = event.currentTarget.getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
}

function distance(from: Place, to: Place): number {
  return Math.hypot(from.x - to.x, from.y - to.y);
}

function middle(from: Place, to: Place): Place {
  return { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
}
