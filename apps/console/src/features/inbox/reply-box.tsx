import { useEffect, useRef, useState, type ClipboardEvent, type DragEvent, type FormEvent, type KeyboardEvent } from 'react';
import { ActionIcon, FileButton, Group, Text, Textarea } from '@mantine/core';
import { IconPaperclip, IconSend2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { AttachmentChips } from './attachment-chips';
import { CannedReplyList } from './canned-reply-list';
import type { ComposerProps } from './composer';
import classes from './composer.module.css';
import { isSendKey } from './is-send-key';
import { attachable, useAttachments } from './use-attachments';
import { useCannedReplies } from './use-canned-replies';
import { useOutbox } from './use-outbox';

/** Writing to the visitor: prepared replies on `/`, files by button, paste or drop, and an outbox behind it that loses nothing. */
export function ReplyBox({ details, draft, onDraft, onTyping, onQuiet }: ComposerProps) {
  const { t } = useTranslation();
  const { id } = details.conversation;
  const { outbox } = useOutbox();
  const files = useAttachments(id);
  const input = useRef<HTMLTextAreaElement>(null);
  const canned = useCannedReplies(draft, input, onDraft);
  const text = draft.trim();
  const maySend = text !== '' || files.ready.length > 0 || files.isUploading;
  /** Sent as soon as its files are there. */
  const [isAwaiting, setIsAwaiting] = useState(false);

  useEffect(() => input.current?.focus(), []);

  const send = () => {
    if (!maySend) return;
    setIsAwaiting(files.isUploading);
    if (files.isUploading) return;
    outbox.add({
      clientMessageId: crypto.randomUUID(),
      conversationId: id,
      text,
      attachments: files.ready,
      fence: details.fence,
      at: new Date().toISOString(),
    });
    onDraft('');
    files.clear();
    onQuiet();
  };
  const sendNow = useRef(send);
  useEffect(() => void (sendNow.current = send));
  useEffect(() => {
    if (isAwaiting && !files.isUploading && !files.hasFailed) sendNow.current();
  }, [isAwaiting, files.isUploading, files.hasFailed]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (canned.onKeyDown(event)) return;
    if (!isSendKey(event)) return;
    event.preventDefault();
    send();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  const addFiles = (event: ClipboardEvent | DragEvent, list: FileList) => {
    if (list.length === 0) return;
    event.preventDefault();
    files.add([...list]);
  };
  return (
    <form
      onSubmit={onSubmit}
      className={classes.writeBox}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => addFiles(event, event.dataTransfer.files)}
    >
      {canned.isOpen && <CannedReplyList {...canned} />}
      <AttachmentChips files={files} />
      <Textarea
        ref={input}
        aria-label={t('inbox.replyLabel')}
        placeholder={t('inbox.replyPlaceholder')}
        value={draft}
        onChange={(event) => {
          onDraft(event.currentTarget.value);
          setIsAwaiting(false);
          if (event.currentTarget.value.trim()) onTyping();
          else onQuiet();
        }}
        onSelect={canned.onSelect}
        onBlur={canned.onBlur}
        onKeyDown={onKeyDown}
        onPaste={(event) => addFiles(event, event.clipboardData.files)}
        maxLength={4000}
        autosize
        minRows={2}
        maxRows={10}
        variant="unstyled"
        {...canned.inputProps}
      />
      <Group justify="space-between" wrap="nowrap">
        <Group gap={6} wrap="nowrap">
          <FileButton onChange={files.add} accept={attachable} multiple>
            {(props) => (
              <ActionIcon {...props} variant="subtle" color="gray" size={32} aria-label={t('inbox.attach')}>
                <IconPaperclip size={18} />
              </ActionIcon>
            )}
          </FileButton>
          <Text size="xs" c="dimmed" visibleFrom="xs">
            {t('inbox.replyHint')}
          </Text>
        </Group>
        <ActionIcon type="submit" size={34} aria-label={t('inbox.send')} disabled={!maySend} loading={isAwaiting && files.isUploading}>
          <IconSend2 size={18} />
        </ActionIcon>
      </Group>
    </form>
  );
}
