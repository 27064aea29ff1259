import { CloseButton, Loader, Text } from '@mantine/core';
import { IconAlertTriangle, IconPaperclip } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './composer.module.css';
import type { AttachedFile, Attachments } from './use-attachments';

/** The files of the reply that is being written. */
export function AttachmentChips({ files }: { files: Attachments }) {
  const { t } = useTranslation();
  if (files.files.length === 0) return null;
  return (
    <ul className={classes.chips} aria-label={t('inbox.attachments')}>
      {files.files.map((file) => (
        <li key={file.key} className={classes.chip} data-failed={file.state.kind === 'failed' || undefined}>
          <Sign state={file.state} />
          <Text size="xs" component="span" truncate>
            {file.name}
            {file.state.kind === 'failed' && ` – ${file.state.message}`}
          </Text>
          <CloseButton size="xs" aria-label={t('inbox.removeFile', { name: file.name })} onClick={() => files.remove(file.key)} />
        </li>
      ))}
    </ul>
  );
}

function Sign({ state }: { state: AttachedFile['state'] }) {
  const { t } = useTranslation();
  if (state.kind === 'uploading') return <Loader size={13} role="img" aria-label={t('inbox.uploading')} />;
  if (state.kind === 'failed') return <IconAlertTriangle size={14} role="img" aria-label={t('common.failed')} />;
  return <IconPaperclip size={14} aria-hidden />;
}
