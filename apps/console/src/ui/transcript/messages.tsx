import { Alert, Badge, Button, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconChecks, IconListSearch, IconThumbDown, IconThumbUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Citation, Rating, TranscriptEntry, Unsupported } from '@docent/contracts';
import { useFormat } from '../format';
import { AnswerText, UnsupportedMark } from './answer-text';
import { AttachmentList } from './attachment-list';
import { RateAnswer } from './rate-answer';
import classes from './transcript.module.css';

type Entry<R extends TranscriptEntry['role']> = Extract<TranscriptEntry, { role: R }>;

/** What a visitor wrote, and the files that came with it. */
export function VisitorMessage({ entry, conversationId }: { entry: Entry<'visitor'>; conversationId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={classes.bubble} title={format.dateTime(entry.at)}>
      <VisuallyHidden>{t('transcript.visitorSaid')}</VisuallyHidden>
      {entry.text}
      <AttachmentList conversationId={conversationId} attachments={entry.attachments} />
    </div>
  );
}

interface AgentMessageProps {
  entry: Entry<'agent'>;
  conversationId: string;
  /** It is the last one that the visitor has read. */
  isRead: boolean;
}

/** What a person of the workspace wrote. */
export function AgentMessage({ entry, conversationId, isRead }: AgentMessageProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = entry.agent?.name ?? t('transcript.someone');
  return (
    <div className={classes.said}>
      <VisuallyHidden>{t('transcript.agentSaid', { name })}</VisuallyHidden>
      <div className={classes.agentBubble}>
        {entry.text}
        <AttachmentList conversationId={conversationId} attachments={entry.attachments} />
      </div>
      <div className={classes.meta}>
        <span aria-hidden>{name}</span>
        <span title={format.dateTime(entry.at)}>{format.time(entry.at)}</span>
        {isRead && (
          <span className={classes.read}>
            <IconChecks size={14} aria-hidden /> {t('transcript.read')}
          </span>
        )}
      </div>
    </div>
  );
}

interface AssistantMessageProps {
  entry: Entry<'assistant'>;
  onCitation: (citation: Citation) => void;
  onInspect?: (turnId: string) => void;
  /** Where it is there, the answer can be rated. */
  onRate?: ((turnId: string, rating: Rating | null) => void) | undefined;
  isInspected: boolean;
}

/** What the bot answered, or why it could not; below it the sources and how it was rated. */
export function AssistantMessage({ entry, onCitation, onInspect, onRate, isInspected }: AssistantMessageProps) {
  const { t } = useTranslation();
  const { turnId } = entry;
  return (
    <div className={classes.spoken} aria-busy={entry.status === 'running'}>
      <VisuallyHidden>{t('transcript.botSaid')}</VisuallyHidden>
      {entry.text && <AnswerText text={entry.text} citations={entry.citations} onCitation={onCitation} />}
      {entry.status === 'running' && !entry.text && <Writing />}
      {entry.error && (
        <Alert color="red" variant="default" icon={<IconAlertTriangle />}>
          {entry.error.message}
        </Alert>
      )}
      <Doubts unsupported={entry.unsupported} />
      <Sources citations={entry.citations} onCitation={onCitation} />
      <div className={classes.meta}>
        <Outcome entry={entry} isRateable={onRate !== undefined} />
        {onRate && turnId && entry.status === 'completed' && (
          <RateAnswer rating={entry.rating} onRate={(rating) => onRate(turnId, rating)} />
        )}
        {onInspect && turnId && entry.status !== 'running' && (
          <Button
            size="compact-xs"
            variant={isInspected ? 'light' : 'subtle'}
            color="gray"
            leftSection={<IconListSearch size={14} aria-hidden />}
            onClick={() => onInspect(turnId)}
          >
            {t('transcript.inspect')}
          </Button>
        )}
      </div>
    </div>
  );
}

function Outcome({ entry, isRateable }: { entry: Entry<'assistant'>; isRateable: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      {entry.status !== 'running' && <span title={format.dateTime(entry.at)}>{format.ago(entry.at)}</span>}
      {entry.answered === false && (
        <Badge size="sm" variant="light" color="orange" c="var(--alarm-text)">
          {t('transcript.unanswered')}
        </Badge>
      )}
      {!isRateable && entry.rating === 'up' && <IconThumbUp size={15} role="img" aria-label={t('transcript.ratedUp')} />}
      {!isRateable && entry.rating === 'down' && <IconThumbDown size={15} role="img" aria-label={t('transcript.ratedDown')} />}
    </>
  );
}

/** What the question marks in the answer mean, one line for each reason. */
function Doubts({ unsupported = [] }: { unsupported?: Unsupported[] | undefined }) {
  const { t } = useTranslation();
  const reasons = [...new Set(unsupported.map(({ reason }) => reason))];
  if (reasons.length === 0) return null;
  return (
    <ul className={classes.doubts}>
      {reasons.map((reason) => (
        <li key={reason}>
          <UnsupportedMark /> {t(`transcript.unsupportedBecause.${reason}`)}
        </li>
      ))}
    </ul>
  );
}

/** One line per cited source, however often it is cited. */
function Sources({ citations, onCitation }: { citations: Citation[]; onCitation: (citation: Citation) => void }) {
  const { t } = useTranslation();
  if (citations.length === 0) return null;
  return (
    <div>
      {citations.map((citation) => (
        <button key={citation.n} type="button" className={classes.source} onClick={() => onCitation(citation)}>
          <span aria-hidden>{citation.n}</span>
          <span>
            {citation.title}
            {citation.page !== undefined && ` · ${t('knowledge.page', { page: citation.page })}`}
          </span>
        </button>
      ))}
    </div>
  );
}

function Writing() {
  const { t } = useTranslation();
  return (
    <span className={classes.dots} role="img" aria-label={t('transcript.writing')}>
      <span />
      <span />
      <span />
    </span>
  );
}
