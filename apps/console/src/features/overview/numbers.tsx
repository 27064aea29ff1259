import { SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Overview } from '@docent/contracts';
import { useFormat } from '../../ui/format';
import classes from './overview.module.css';

/** The four figures that matter. */
export function Numbers({ totals }: { totals: Overview['totals'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const asked = totals.answered + totals.unanswered;
  const rated = totals.ratedUp + totals.ratedDown;
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="md">
      <Figure
        label={t('overview.conversations')}
        value={format.number(totals.conversations)}
        note={t('overview.questions', { count: asked + totals.failed })}
      />
      <Figure
        label={t('overview.answeredShare')}
        value={asked > 0 ? format.percent(totals.answered / asked) : '–'}
        note={t('overview.answeredOf', { answered: format.number(totals.answered), asked: format.number(asked) })}
      />
      <Figure
        label={t('overview.unansweredNumber')}
        value={format.number(totals.unanswered)}
        note={totals.failed > 0 ? t('overview.failedNumber', { count: totals.failed }) : t('overview.noneFailed')}
      />
      <Figure
        label={t('overview.helpful')}
        value={rated > 0 ? format.percent(totals.ratedUp / rated) : '–'}
        note={t('overview.ratings', { count: rated })}
      />
    </SimpleGrid>
  );
}

function Figure({ label, value, note }: { label: string; value: string; note: string }) {
  return (
    <div className={classes.figure}>
      <span className={classes.label}>{label}</span>
      <span className={classes.value}>{value}</span>
      <span className={classes.note}>{note}</span>
    </div>
  );
}
