import { Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ConversationDetails } from '@docent/contracts';
import { AttachmentList } from '../../ui/transcript/attachment-list';
import classes from './conversation.module.css';
import look from './facts.module.css';
import type { OutgoingReply } from './outbox';
import { useIsMe } from './use-myself';
import { useMoves } from './use-moves';
import { useOutbox } from './use-outbox';

interface PendingRepliesProps {
  replies: readonly OutgoingReply[];
  details: ConversationDetails;
}

/** What this member wrote and the log does not hold yet, with the way out where it was refused. */
export function PendingReplies({ replies, details }: PendingRepliesProps) {
  const { t } = useTranslation();
  if (replies.length === 0) return null;
  return (
    <ul className={classes.pending} aria-label={t('inbox.outbox')}>
      {replies.map((reply) => (
        <li key={reply.clientMessageId}>
          <div className={classes.pendingText} data-refused={reply.state.kind === 'refused' || undefined}>
            {reply.text}
            <AttachmentList conversationId={reply.conversationId} attachments={reply.attachments} />
          </div>
          {reply.state.kind === 'refused' ? (
            <Refused reply={reply} message={reply.state.message} details={details} />
          ) : (
            <Text size="xs" c="dimmed" className={look.fact}>
              <IconClock size={13} aria-hidden /> {t('inbox.sending')}
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}

function Refused({ reply, message, details }: { reply: OutgoingReply; message: string; details: ConversationDetails }) {
  const { t } = useTranslation();
  const isMe = useIsMe();
  const { outbox } = useOutbox();
  const { state, assignee } = details.conversation;
  const moves = useMoves(reply.conversationId);
  const isMine = state === 'human' && isMe(assignee);
  const lostFloor = reply.state.kind === 'refused' && reply.state.code === 'not_the_writer';
  const send = async () => {
    const fence = isMine ? details.fence : await moves.take();
    if (fence !== undefined) outbox.retry(reply.clientMessageId, fence);
  };
  const words = !lostFloor ? message : assignee && !isMine ? t('inbox.lostTo', { name: assignee.name }) : t('inbox.lostFloor');
  return (
    <div role="alert">
      <Text size="xs" c="var(--mantine-color-error)" className={look.fact}>
        <IconAlertTriangle size={13} aria-hidden /> {t('inbox.notSent')} {words}
      </Text>
      <Group gap={6} mt={4} justify="flex-end">
        <Button size="compact-xs" loading={moves.isMoving} onClick={() => void send()}>
          {isMine ? t('common.retry') : t('inbox.takeAndSend')}
        </Button>
        <Button size="compact-xs" variant="default" onClick={() => outbox.drop(reply.clientMessageId)}>
          {t('inbox.discard')}
        </Button>
      </Group>
    </div>
  );
}
