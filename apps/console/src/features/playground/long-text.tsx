import { useState } from 'react';
import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './playground.module.css';

const alwaysShown = 160;

/** The first lines of a text, and the rest when asked for. */
export function LongText({ text }: { text: string }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <p className={classes.text} data-open={isOpen || undefined}>
        {text}
      </p>
      {text.length > alwaysShown && (
        <UnstyledButton className={classes.more} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? t('playground.showLess') : t('playground.showMore')}
        </UnstyledButton>
      )}
    </>
  );
}
