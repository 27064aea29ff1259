import { useEffect, useRef, useState } from 'react';
import { ActionIcon, useComputedColorScheme } from '@mantine/core';
import { IconFocusCentered, IconMinus, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MeaningMap } from '@docent/contracts';
import { drawMap, type MapContent } from './draw-map';
import { findNear, isSameMark, type Mark } from './find-near';
import { MapHint } from './map-hint';
import classes from './meaning-map.module.css';
import { toScreen, type Place } from './map-view';
import { useMapPointer } from './use-map-pointer';
import type { useMapView } from './use-map-view';

interface MapCanvasProps {
  map: MeaningMap;
  content: MapContent;
  camera: ReturnType<typeof useMapView>;
  chosen: Mark | null;
  onChoose: (mark: Mark | null) => void;
  /** Questions that are pointed out in the list. */
  pointedOut: ReadonlySet<number>;
}

const reachPixels = 12;

/** The map itself, drawn on a canvas; all that it says stands in the list beside it too. */
export function MapCanvas({ map, content, camera, chosen, onChoose, pointedOut }: MapCanvasProps) {
  const { t } = useTranslation();
  const [hovered, setHovered] = useState<Mark | null>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme('light');
  const { attach, size, view, whole, isWhole, pan, zoom, showAll, onKeyDown } = camera;
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || size.width === 0) return;
    const density = window.devicePixelRatio || 1;
    element.width = Math.round(size.width * density);
    element.height = Math.round(size.height * density);
    context.setTransform(density, 0, 0, density, 0, 0);
    const marked = [chosen, hovered].flatMap((mark) => placeOf(mark, map) ?? []);
    drawMap(context, content, { view, whole, size, scheme, marked, pointedOut });
  }, [content, view, whole, size, scheme, map, chosen, hovered, pointedOut]);
  const place = placeOf(hovered, map);
  const find = (point: Place) => findNear(content, view, point, reachPixels);
  const handlers = useMapPointer({
    pan,
    zoom,
    onPoint: (point) => {
      const found = point && find(point);
      setHovered((before) => (isSameMark(before, found) ? before : found));
    },
    onClick: (point) => onChoose(find(point)),
  });
  return (
    <div className={classes.frame}>
      <div
        ref={attach}
        className={classes.map}
        data-whole={isWhole || undefined}
        data-pointing={hovered ? true : undefined}
        tabIndex={0}
        role="application"
        aria-roledescription={t('map.map')}
        aria-label={t('map.described', { passages: content.dots.length, questions: content.crosses.length })}
        onKeyDown={onKeyDown}
        {...handlers}
      >
        <canvas ref={canvas} className={classes.canvas} />
        {hovered && place && !isSameMark(hovered, chosen) && (
          <MapHint map={map} mark={hovered} at={toScreen(view, place)} size={size} />
        )}
      </div>
      <div className={classes.zoom}>
        <ActionIcon variant="default" aria-label={t('map.nearer')} onClick={() => zoom(1.6)}>
          <IconPlus size={16} />
        </ActionIcon>
        <ActionIcon variant="default" aria-label={t('map.farther')} onClick={() => zoom(1 / 1.6)} disabled={isWhole}>
          <IconMinus size={16} />
        </ActionIcon>
        <ActionIcon variant="default" aria-label={t('map.showAll')} onClick={showAll} disabled={isWhole}>
          <IconFocusCentered size={16} />
        </ActionIcon>
      </div>
    </div>
  );
}

/** Where a mark stands on the map. */
export function placeOf(mark: Mark | null, map: MeaningMap): Place | null {
  if (!mark) return null;
  return (mark.kind === 'passage' ? map.points[mark.index] : map.questions[mark.index]?.place) ?? null;
}
