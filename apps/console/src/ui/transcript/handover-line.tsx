import { useTranslation } from 'react-i18next';
import type { TranscriptEntry } from '@docent/contracts';
import { useFormat } from '../format';
import classes from './transcript.module.css';

/** That the conversation went to somebody else, why, and what the visitor was told. */
export function HandoverLine({ entry }: { entry: Extract<TranscriptEntry, { role: 'handover' }> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = entry.agent?.name ?? t('transcript.someone');
  return (
    <div className={classes.turning}>
      <span>
        {t(`transcript.handover.${entry.state}`, { name })} · {t(`transcript.reason.${entry.reason}`)} ·{' '}
        <time dateTime={entry.at} title={format.dateTime(entry.at)}>
          {format.time(entry.at)}
        </time>
      </span>
      {entry.text && <q>{entry.text}</q>}
    </div>
  );
}
