import { useTranslation } from 'react-i18next';
import type { HandoverState } from '@docent/contracts';
import classes from './facts.module.css';

/** Who the conversation is with, as a word with a dot. */
export function StateBadge({ state }: { state: HandoverState }) {
  const { t } = useTranslation();
  return (
    <span className={classes.state} data-state={state}>
      {t(`inbox.state.${state}`)}
    </span>
  );
}
