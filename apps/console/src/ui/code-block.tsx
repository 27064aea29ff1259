import { CopyButton, Tooltip, ActionIcon } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './code-block.module.css';

interface CodeBlockProps {
  /** Says what the code is, for the copy button and screen readers. */
  label: string;
  code: string;
  onCopy?: () => void;
}

/** Code to take away: monospaced, scrolls sideways, with a copy button. */
export function CodeBlock({ label, code, onCopy }: CodeBlockProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.block}>
      <pre className={classes.code} tabIndex={0} role="group" aria-label={label}>
        <code>{code}</code>
      </pre>
      <CopyButton value={code} timeout={2000}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? t('common.copied') : t('common.copy')}>
            <ActionIcon
              className={classes.copy}
              variant="default"
              size="md"
              aria-label={copied ? t('common.copied') : t('common.copyThing', { thing: label })}
              onClick={() => (copy(), onCopy?.())}
            >
              {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </div>
  );
}
