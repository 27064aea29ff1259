import { ActionIcon, Group, Title, Tooltip } from '@mantine/core';
import { IconArrowLeft, IconInfoCircle, IconRosetteDiscountCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ConversationDetails } from '@docent/contracts';
import { useWorkspace } from '../../api/workspace';
import { TextLink } from '../../ui/links';
import { ConversationActions } from './conversation-actions';
import classes from './conversation.module.css';
import look from './facts.module.css';
import { StateBadge } from './state-badge';
import { useIsMe } from './use-myself';
import { WaitingTime } from './waiting-time';

interface ConversationHeadProps {
  details: ConversationDetails;
  /** Opens what is known about the visitor; left out where that stands beside it anyway. */
  onDetails: (() => void) | undefined;
}

/** Who it is, who has it, and what can be done with it. */
export function ConversationHead({ details, onDetails }: ConversationHeadProps) {
  const { t } = useTranslation();
  const workspaceId = useWorkspace().id;
  const isMe = useIsMe();
  const { conversation, visitor } = details;
  const { assignee, state, waitingSince } = conversation;
  return (
    <header className={classes.openHead}>
      <TextLink
        to="/w/$workspaceId/inbox"
        params={{ workspaceId }}
        search={(before) => before}
        className={classes.back}
        aria-label={t('inbox.back')}
      >
        <IconArrowLeft size={18} aria-hidden />
      </TextLink>
      <div className={classes.who}>
        <div className={classes.whoName}>
          <Title order={1} size="h2" className={look.oneLine}>
            {conversation.visitorName ?? (conversation.title || t('conversations.untitled'))}
          </Title>
          {visitor.verified && (
            <IconRosetteDiscountCheck size={18} role="img" aria-label={t('inbox.verified')} className={classes.verified} />
          )}
        </div>
        <div className={look.facts}>
          <StateBadge state={state} />
          {state === 'waiting' && waitingSince && <WaitingTime since={waitingSince} />}
          {assignee && <span>{isMe(assignee) ? t('inbox.withYou') : t('inbox.with', { name: assignee.name })}</span>}
          {state === 'waiting' && details.handoverReason && <span>{t(`transcript.reason.${details.handoverReason}`)}</span>}
        </div>
      </div>
      <Group gap={6} wrap="nowrap" flex="none">
        <ConversationActions details={details} />
        {onDetails && (
          <Tooltip label={t('inbox.about')}>
            <ActionIcon variant="subtle" color="gray" size={34} aria-label={t('inbox.about')} onClick={onDetails}>
              <IconInfoCircle size={18} />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
    </header>
  );
}
