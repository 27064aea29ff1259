import { useTranslation } from 'react-i18next';
import classes from './conversation.module.css';
import type { Typing } from './use-typing';

/** Who is typing at this moment. */
export function TypingLine({ typing }: { typing: Typing }) {
  const { t } = useTranslation();
  const lines = [
    typing.visitor !== null && t('inbox.visitorTypes'),
    typing.agent && t('inbox.memberTypes', { name: typing.agent }),
  ].filter(Boolean);
  if (lines.length === 0) return null;
  return <p className={classes.typing}>{lines.join(' · ')}</p>;
}
