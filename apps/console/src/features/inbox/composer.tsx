import { useRef, useState } from 'react';
import { Button, SegmentedControl, Text } from '@mantine/core';
import { IconHandStop } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ConversationDetails } from '@docent/contracts';
import classes from './composer.module.css';
import { NoteBox } from './note-box';
import { ReplyBox } from './reply-box';
import { useIsMe } from './use-myself';
import { useMoves } from './use-moves';

export interface ComposerProps {
  details: ConversationDetails;
  /** Whether this member is the one who may write to the visitor. */
  isMine: boolean;
  draft: string;
  onDraft: (text: string) => void;
  onTyping: () => void;
  onQuiet: () => void;
}

/** Where one writes to the visitor, or to the other members: two looks, so that a note is never sent by mistake. */
export function Composer(props: ComposerProps) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<'reply' | 'note'>('reply');
  const box = useRef<HTMLDivElement>(null);
  return (
    <div ref={box} className={classes.composer} data-kind={kind}>
      <SegmentedControl
        size="xs"
        aria-label={t('inbox.writeTo')}
        value={kind}
        onChange={(value) => setKind(value === 'note' ? 'note' : 'reply')}
        data={[
          { value: 'reply', label: t('inbox.reply') },
          { value: 'note', label: t('inbox.note') },
        ]}
      />
      {kind === 'note' ? (
        <NoteBox conversationId={props.details.conversation.id} />
      ) : props.isMine ? (
        <ReplyBox {...props} />
      ) : (
        <NotYours details={props.details} />
      )}
    </div>
  );
}

/** Why one cannot write now, and the way to change it. */
function NotYours({ details }: { details: ConversationDetails }) {
  const { t } = useTranslation();
  const isMe = useIsMe();
  const { id, state, assignee } = details.conversation;
  const moves = useMoves(id);
  const words =
    state === 'human' && assignee && !isMe(assignee)
      ? t('inbox.theyWrite', { name: assignee.name })
      : t(`inbox.cannotWrite.${state}`);
  return (
    <div className={classes.notYours}>
      <Text size="sm">{words}</Text>
      <Button
        size="xs"
        leftSection={<IconHandStop size={15} aria-hidden />}
        loading={moves.isMoving}
        onClick={() => void moves.take()}
      >
        {t('inbox.takeToWrite')}
      </Button>
    </div>
  );
}
