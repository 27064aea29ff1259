import { Group, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconFileTypePdf, IconPhoto } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { routes, type Attachment } from '@docent/contracts';
import { download } from '../../api/call';
import { useWorkspace } from '../../api/workspace';
import { useFormat } from '../format';
import { notifyFailed } from '../notify';
import { saveBlob } from '../save-blob';
import classes from './transcript.module.css';

interface AttachmentListProps {
  conversationId: string;
  attachments: readonly Attachment[] | undefined;
}

/** The files of a message, to be saved: nothing that visitors send is opened inside the console. */
export function AttachmentList({ conversationId, attachments }: AttachmentListProps) {
  const { t } = useTranslation();
  const workspaceId = useWorkspace().id;
  const format = useFormat();
  if (!attachments?.length) return null;
  const save = (attachment: Attachment) =>
    download(routes.getAttachment, { params: { conversationId, attachmentId: attachment.id } }, { workspaceId }).then(
      (blob) => saveBlob(blob, attachment.name),
      notifyFailed,
    );
  return (
    <ul className={classes.files}>
      {attachments.map((attachment) => (
        <li key={attachment.id}>
          <UnstyledButton className={classes.file} onClick={() => void save(attachment)}>
            <Group gap={8} wrap="nowrap">
              <VisuallyHidden>{t('transcript.download')} </VisuallyHidden>
              {attachment.mediaType === 'application/pdf' ? (
                <IconFileTypePdf size={18} aria-hidden />
              ) : (
                <IconPhoto size={18} aria-hidden />
              )}
              <Text size="sm" truncate>
                {attachment.name}
              </Text>
              <Text size="xs" c="dimmed" flex="none">
                {format.bytes(attachment.sizeBytes)}
              </Text>
            </Group>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
