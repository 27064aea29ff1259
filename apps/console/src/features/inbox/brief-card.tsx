import { useEffect, useState } from 'react';
import { ActionIcon, Button, Skeleton, Text, Title, Tooltip } from '@mantine/core';
import { IconArrowForward, IconChevronDown, IconRefresh, IconSparkles } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { routes, type Brief, type Citation, type ConversationDetails } from '@docent/contracts';
import { useApiMutation } from '../../api/queries';
import { AnswerText } from '../../ui/transcript/answer-text';
import { PassageDrawer, type OpenCitation } from '../../ui/transcript/passage-drawer';
import classes from './cards.module.css';
import { withoutMarks } from './without-marks';

/** The server makes one when somebody takes over; after this it is asked for. */
const ownAccordMs = 4000;

interface BriefCardProps {
  details: ConversationDetails;
  onInsert: (text: string) => void;
}

/** What the bot tells whoever takes over: what it was about, and what could be said. */
export function BriefCard({ details, onInsert }: BriefCardProps) {
  const { t } = useTranslation();
  const { id, botId } = details.conversation;
  const [open, setOpen] = useState<OpenCitation | null>(null);
  const [isFolded, setIsFolded] = useState(false);
  const make = useApiMutation(routes.makeBrief, { stale: [routes.conversationDetails] });
  const brief = make.data ?? details.brief;
  const { mutate } = make;
  const isThere = brief !== null;
  useEffect(() => {
    if (isThere) return;
    const timer = setTimeout(() => mutate({ params: { conversationId: id } }), ownAccordMs);
    return () => clearTimeout(timer);
  }, [isThere, id, mutate]);
  const showPassage = (citation: Citation) => setOpen({ conversationId: id, botId, turnId: null, citation });
  return (
    <section className={classes.brief} aria-label={t('inbox.brief')}>
      <div className={classes.briefHead}>
        <IconSparkles size={16} aria-hidden />
        <Title order={2} size="sm">
          {t('inbox.brief')}
        </Title>
        <Tooltip label={t('inbox.briefAgain')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t('inbox.briefAgain')}
            loading={make.isPending}
            onClick={() => mutate({ params: { conversationId: id } })}
          >
            <IconRefresh size={15} />
          </ActionIcon>
        </Tooltip>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={isFolded ? t('inbox.unfold') : t('inbox.fold')}
          aria-expanded={!isFolded}
          onClick={() => setIsFolded(!isFolded)}
        >
          <IconChevronDown size={15} className={classes.chevron} data-up={!isFolded || undefined} />
        </ActionIcon>
      </div>
      {!isFolded && brief && <BriefContent brief={brief} onCitation={showPassage} onInsert={onInsert} />}
      {!isFolded && !brief && (make.error ? <Text size="sm">{make.error.message}</Text> : <Skeleton height={56} />)}
      <PassageDrawer open={open} onClose={() => setOpen(null)} />
    </section>
  );
}

interface BriefContentProps {
  brief: Brief;
  onCitation: (citation: Citation) => void;
  onInsert: (text: string) => void;
}

function BriefContent({ brief, onCitation, onInsert }: BriefContentProps) {
  const { t } = useTranslation();
  return (
    <>
      <div className={classes.briefText}>
        <AnswerText text={brief.summary} citations={brief.citations} onCitation={onCitation} />
      </div>
      {brief.suggestions.length > 0 && (
        <ul className={classes.suggestions} aria-label={t('inbox.suggestions')}>
          {brief.suggestions.map((suggestion) => (
            <li key={suggestion.text} className={classes.suggestion}>
              <div className={classes.briefText}>
                <AnswerText text={suggestion.text} citations={suggestion.citations} onCitation={onCitation} />
              </div>
              <Button
                size="compact-xs"
                variant="default"
                leftSection={<IconArrowForward size={14} aria-hidden />}
                onClick={() => onInsert(withoutMarks(suggestion.text))}
              >
                {t('inbox.insert')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
