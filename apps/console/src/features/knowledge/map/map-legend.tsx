import { useComputedColorScheme, UnstyledButton } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../ui/format';
import type { MapFilters } from './make-content';
import classes from './meaning-map.module.css';
import { colourOf, type SourceGroup } from './source-colours';

interface MapLegendProps {
  groups: readonly SourceGroup[];
  counts: { answered: number; unanswered: number };
  filters: MapFilters;
  onChange: (filters: MapFilters) => void;
}

/** What the colours and crosses say; each entry takes its kind away from the map, and brings it back. */
export function MapLegend({ groups, counts, filters, onChange }: MapLegendProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const scheme = useComputedColorScheme('light');
  const toggle = (ids: string[]) => {
    const hidden = ids.every((id) => filters.hidden.has(id))
      ? new Set([...filters.hidden].filter((id) => !ids.includes(id)))
      : new Set([...filters.hidden, ...ids]);
    onChange({ ...filters, hidden });
  };
  return (
    <div className={classes.legend} role="group" aria-label={t('map.legend')}>
      <Entry isShown={filters.unanswered} onClick={() => onChange({ ...filters, unanswered: !filters.unanswered })}>
        <CrossSample isAnswered={false} />
        {t('map.unansweredCount', { count: counts.unanswered, formatted: format.number(counts.unanswered) })}
      </Entry>
      <Entry isShown={filters.answered} onClick={() => onChange({ ...filters, answered: !filters.answered })}>
        <CrossSample isAnswered />
        {t('map.answeredCount', { count: counts.answered, formatted: format.number(counts.answered) })}
      </Entry>
      <span className={classes.divider} aria-hidden />
      {groups.map((group, place) => (
        <Entry key={group.ids[0]} isShown={!group.ids.every((id) => filters.hidden.has(id))} onClick={() => toggle(group.ids)}>
          <span className={classes.swatch} style={{ background: colourOf(group, place, scheme) }} aria-hidden />
          <span className={classes.entryName}>{group.name ?? t('map.otherSources', { count: group.ids.length })}</span>
          <span className={classes.entryCount}>{format.number(group.passages)}</span>
        </Entry>
      ))}
    </div>
  );
}

function Entry({ isShown, onClick, children }: { isShown: boolean; onClick: () => void; children: React.ReactNode }) {
  return (
    <UnstyledButton className={classes.entry} aria-pressed={isShown} onClick={onClick}>
      {children}
      {isShown && <IconCheck size={12} stroke={2.4} aria-hidden className={classes.entryCheck} />}
    </UnstyledButton>
  );
}

/** The cross as it is drawn on the map. */
export function CrossSample({ isAnswered }: { isAnswered: boolean }) {
  return (
    <svg className={classes.cross} data-answered={isAnswered || undefined} viewBox="0 0 12 12" aria-hidden>
      <path d={isAnswered ? 'M6 1.8v8.4M1.8 6h8.4' : 'M2 2l8 8M10 2l-8 8'} />
    </svg>
  );
}
