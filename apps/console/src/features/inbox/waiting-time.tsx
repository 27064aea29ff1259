import { useTranslation } from 'react-i18next';
import { useNow } from '../../ui/use-now';
import classes from './facts.module.css';
import { formatDuration } from './format-duration';

const secondMs = 1000;

/** How long somebody has been waiting, counting up. Screen readers read the moment's value and are not told every second. */
export function WaitingTime({ since }: { since: string }) {
  const { t } = useTranslation();
  const now = useNow(secondMs);
  const seconds = Math.max(0, Math.round((now - Date.parse(since)) / secondMs));
  return <span className={classes.waiting}>{t('inbox.waitsFor', { time: formatDuration(seconds) })}</span>;
}
