import { useState } from 'react';
import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Conversation, ConversationDetails } from '@docent/contracts';
import { useCan } from '../../api/workspace';
import { Transcript, type Aside } from '../../ui/transcript/transcript';
import { BriefCard } from './brief-card';
import { Composer } from './composer';
import classes from './conversation.module.css';
import { NoteView } from './note-view';
import { PendingReplies } from './pending-replies';
import { SaveAnswerCard } from './save-answer-card';
import { StickToEnd } from './stick-to-end';
import { TypingLine } from './typing-line';
import { useDraft } from './use-draft';
import { useHere } from './use-here';
import { useIsMe } from './use-myself';
import { useOutbox } from './use-outbox';
import { useRating } from './use-rating';
import type { Typing } from './use-typing';

interface ConversationThreadProps {
  conversation: Conversation;
  details: ConversationDetails;
  typing: Typing;
  isConnected: boolean;
}

/** What was said and noted, what is about to be said, and where one writes. */
export function ConversationThread({ conversation, details, typing, isConnected }: ConversationThreadProps) {
  const { t } = useTranslation();
  const { id, botId, transcript, lastSeq } = conversation;
  const { notes, visitorReadSeq } = details;
  const isMe = useIsMe();
  const mayWrite = useCan('agent');
  const { replies } = useOutbox();
  const pending = replies.filter(
    (reply) => reply.conversationId === id && !(reply.state.kind === 'sent' && reply.state.seq <= lastSeq),
  );
  const rate = useRating(id);
  const here = useHere(id, lastSeq);
  const [draft, setDraft] = useDraft(id);
  const [announced, setAnnounced] = useState({ seq: lastSeq, text: '' });
  const isMine = details.conversation.state === 'human' && isMe(details.conversation.assignee);
  const takenAt = transcript.findLast((entry) => entry.role === 'handover' && entry.state === 'human')?.at ?? '';

  const last = transcript.at(-1);
  if (lastSeq > announced.seq)
    setAnnounced({
      seq: lastSeq,
      text: last?.role === 'visitor' ? `${t('transcript.visitorSaid')} ${last.text}` : announced.text,
    });

  const insert = (text: string) => setDraft(draft.trim() ? `${draft.trimEnd()} ${text}` : text);
  const asides: Aside[] = notes.map((note) => ({ key: note.id, at: note.at, content: <NoteView note={note} /> }));
  if (isMine) asides.push({ key: 'brief', at: takenAt, content: <BriefCard details={details} onInsert={insert} /> });
  return (
    <>
      <StickToEnd
        label={t('inbox.transcript')}
        watched={`${lastSeq} ${pending.length} ${notes.length} ${typing.visitor !== null} ${isMine}`}
      >
        <Transcript
          conversationId={id}
          botId={botId}
          entries={transcript}
          asides={asides}
          side="workspace"
          readSeq={visitorReadSeq}
          onRate={mayWrite ? rate : undefined}
        />
        <PendingReplies replies={pending} details={details} />
        {/* Only who holds it types as its agent: one's own typing is no news. */}
        <TypingLine typing={isMine ? { ...typing, agent: null } : typing} />
        {details.conversation.state === 'closed' && <SaveAnswerCard conversation={conversation} />}
      </StickToEnd>
      <VisuallyHidden role="status">{announced.text}</VisuallyHidden>
      <div role="status" className={classes.connection}>
        {!isConnected && <span>{t('inbox.reconnecting')}</span>}
      </div>
      {mayWrite && (
        <Composer
          details={details}
          isMine={isMine}
          draft={draft}
          onDraft={setDraft}
          onTyping={here.onTyping}
          onQuiet={here.stopTyping}
        />
      )}
    </>
  );
}
