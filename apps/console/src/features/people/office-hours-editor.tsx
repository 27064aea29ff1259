import { ActionIcon, Select, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OfficeHours } from '@docent/contracts';
import classes from './people.module.css';

type Opening = OfficeHours['open'][number];

interface OfficeHoursEditorProps {
  hours: OfficeHours;
  mayChange: boolean;
  onChange: (hours: OfficeHours) => void;
}

const weekdays = [1, 2, 3, 4, 5, 6, 7];

/** When somebody is there: for each weekday any number of openings, in the team's own time zone. */
export function OfficeHoursEditor({ hours, mayChange, onChange }: OfficeHoursEditorProps) {
  const { t, i18n } = useTranslation();
  const { timeZone, open } = hours;
  const dayName = new Intl.DateTimeFormat(i18n.language, { weekday: 'long', timeZone: 'UTC' });
  const zones = Intl.supportedValuesOf('timeZone');
  const replace = (before: Opening, after: Opening | undefined) =>
    onChange({ timeZone, open: open.flatMap((opening) => (opening === before ? (after ?? []) : opening)) });
  return (
    <div className={classes.hours}>
      <Select
        label={t('people.timeZone')}
        data={zones.includes(timeZone) ? zones : [timeZone, ...zones]}
        value={timeZone}
        searchable
        allowDeselect={false}
        limit={60}
        maw={320}
        onChange={(zone) => zone && onChange({ timeZone: zone, open })}
      />
      <ul className={classes.days} aria-label={t('people.hours')}>
        {weekdays.map((day) => {
          // 1 January 2024 was a Monday.
          const name = dayName.format(new Date(Date.UTC(2024, 0, day)));
          const openings = open.filter((opening) => opening.day === day);
          return (
            <li key={day} className={classes.day}>
              <Text size="sm" fw={500} className={classes.dayName}>
                {name}
              </Text>
              <div className={classes.openings}>
                {openings.length === 0 && (
                  <Text size="sm" c="dimmed" className={classes.closed}>
                    {t('people.closed')}
                  </Text>
                )}
                {openings.map((opening, index) => (
                  <OpeningRow
                    key={index}
                    name={name}
                    opening={opening}
                    mayChange={mayChange}
                    onChange={(after) => replace(opening, after)}
                  />
                ))}
              </div>
              {mayChange && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={36}
                  aria-label={t('people.addHours', { day: name })}
                  onClick={() => onChange({ timeZone, open: [...open, nextOpening(day, openings)] })}
                >
                  <IconPlus size={16} />
                </ActionIcon>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

interface OpeningRowProps {
  name: string;
  opening: Opening;
  mayChange: boolean;
  onChange: (opening: Opening | undefined) => void;
}

function OpeningRow({ name, opening, mayChange, onChange }: OpeningRowProps) {
  const { t } = useTranslation();
  const isBackwards = opening.from >= opening.to;
  return (
    <div className={classes.opening}>
      <TextInput
        type="time"
        aria-label={t('people.opensAt', { day: name })}
        value={opening.from}
        w={132}
        error={isBackwards}
        onChange={({ currentTarget }) => currentTarget.value && onChange({ ...opening, from: currentTarget.value })}
      />
      <span aria-hidden>–</span>
      <TextInput
        type="time"
        aria-label={t('people.closesAt', { day: name })}
        value={opening.to === '24:00' ? '23:59' : opening.to}
        w={132}
        error={isBackwards}
        onChange={({ currentTarget }) => currentTarget.value && onChange({ ...opening, to: currentTarget.value })}
      />
      {mayChange && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={t('people.removeHours', { day: name, from: opening.from, to: opening.to })}
          onClick={() => onChange(undefined)}
        >
          <IconTrash size={16} />
        </ActionIcon>
      )}
      {isBackwards && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {t('people.backwards')}
        </Text>
      )}
    </div>
  );
}

/** A day's first opening is a working day; the next one begins an hour after the last, as after a lunch break. */
function nextOpening(day: number, openings: readonly Opening[]): Opening {
  const last = openings.at(-1);
  if (!last) return { day, from: '09:00', to: '17:00' };
  const hour = Math.min(Number(last.to.slice(0, 2)) + 1, 22);
  return { day, from: `${String(hour).padStart(2, '0')}:00`, to: `${String(Math.min(hour + 3, 23)).padStart(2, '0')}:00` };
}
