import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LearningState } from '@docent/contracts';
import { useFormat } from '../../ui/format';
import classes from './learning.module.css';

interface FoundShareProps {
  questions: NonNullable<LearningState['questions']>;
  /** What was learned is not in use, because it found less. */
  isKept: boolean;
}

/** How many of the bot's own test questions were found before learning and after. */
export function FoundShare({ questions, isKept }: FoundShareProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.shares}>
      <Text size="sm" fw={500}>
        {t('learning.found', { count: questions.count })}
      </Text>
      <Bar label={t('learning.before')} share={questions.foundBefore} />
      <Bar label={isKept ? t('learning.afterUnused') : t('learning.after')} share={questions.foundAfter} isNew={!isKept} />
    </div>
  );
}

function Bar({ label, share, isNew }: { label: string; share: number; isNew?: boolean }) {
  const format = useFormat();
  return (
    <div className={classes.share}>
      <span>{label}</span>
      <span className={classes.track} aria-hidden>
        <span className={classes.filled} data-new={isNew || undefined} style={{ width: `${Math.round(share * 100)}%` }} />
      </span>
      <strong>{format.percent(share)}</strong>
    </div>
  );
}
