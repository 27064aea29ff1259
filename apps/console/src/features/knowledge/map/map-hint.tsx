import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MeaningMap } from '@docent/contracts';
import type { Mark } from './find-near';
import classes from './meaning-map.module.css';
import type { Place, Size } from './map-view';

interface MapHintProps {
  map: MeaningMap;
  mark: Mark;
  /** In pixels of the map. */
  at: Place;
  size: Size;
}

/** What is under the pointer, in a few words beside it. */
export function MapHint({ map, mark, at, size }: MapHintProps) {
  const { t } = useTranslation();
  const toTheLeft = at.x > size.width / 2;
  const above = at.y > size.height / 2;
  const style = {
    ...(toTheLeft ? { right: size.width - at.x + 14 } : { left: at.x + 14 }),
    ...(above ? { bottom: size.height - at.y + 10 } : { top: at.y + 10 }),
  };
  const point = mark.kind === 'passage' ? map.points[mark.index] : undefined;
  const question = mark.kind === 'question' ? map.questions[mark.index] : undefined;
  return (
    <div className={classes.hint} style={style} aria-hidden>
      {point && (
        <>
          <Text size="sm" fw={600} lineClamp={2}>
            {point.title}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {map.sources.find(({ id }) => id === point.sourceId)?.name}
          </Text>
          <Text size="xs" lineClamp={3} mt={4}>
            {point.excerpt}
          </Text>
        </>
      )}
      {question && (
        <>
          <Text size="xs" fw={600} c={question.answered ? 'dimmed' : 'var(--mantine-color-error)'}>
            {question.answered ? t('map.answered') : t('map.unanswered')}
          </Text>
          <Text size="sm" lineClamp={4}>
            {question.text}
          </Text>
        </>
      )}
    </div>
  );
}
