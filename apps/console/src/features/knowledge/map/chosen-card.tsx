import { Button, CloseButton, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MeaningMap } from '@docent/contracts';
import { useCan, useWorkspace } from '../../../api/workspace';
import { useFormat } from '../../../ui/format';
import { ButtonLink } from '../../../ui/links';
import type { Mark } from './find-near';
import classes from './meaning-map.module.css';

interface ChosenCardProps {
  botId: string;
  map: MeaningMap;
  mark: Mark;
  onClose: () => void;
  /** For unanswered questions. */
  onAnswer: (question: number) => void;
  onKeep: (question: number) => void;
}

/** What was clicked on the map, and the way to it. */
export function ChosenCard({ mark, ...props }: ChosenCardProps) {
  const { t } = useTranslation();
  return (
    <section className={classes.card} aria-label={t('map.chosen')}>
      <CloseButton className={classes.cardClose} size="sm" aria-label={t('common.close')} onClick={props.onClose} />
      {mark.kind === 'passage' ? (
        <ChosenPassage index={mark.index} {...props} />
      ) : (
        <ChosenQuestion index={mark.index} {...props} />
      )}
    </section>
  );
}

type Part = Omit<ChosenCardProps, 'mark'> & { index: number };

function ChosenPassage({ index, map, botId }: Part) {
  const { t } = useTranslation();
  const workspaceId = useWorkspace().id;
  const point = map.points[index];
  if (!point) return null;
  const { sourceId, start, end } = point;
  return (
    <>
      <Text fw={600} size="sm" pe={24}>
        {point.title}
      </Text>
      <Text size="xs" c="dimmed">
        {map.sources.find(({ id }) => id === sourceId)?.name}
      </Text>
      <Text size="sm">{point.excerpt}</Text>
      <Group gap="xs">
        <ButtonLink
          size="compact-sm"
          variant="light"
          to="/w/$workspaceId/bots/$botId/knowledge/$sourceId"
          params={{ workspaceId, botId, sourceId }}
          search={{ start, end }}
        >
          {t('map.openPassage')}
        </ButtonLink>
      </Group>
    </>
  );
}

function ChosenQuestion({ index, map, onAnswer, onKeep }: Part) {
  const { t } = useTranslation();
  const format = useFormat();
  const workspaceId = useWorkspace().id;
  const mayChange = useCan('admin');
  const question = map.questions[index];
  if (!question) return null;
  const nearest = question.nearest && map.points[question.nearest.point];
  return (
    <>
      <Text size="xs" fw={600} pe={24} c={question.answered ? 'dimmed' : 'var(--mantine-color-error)'}>
        {question.answered ? t('map.answered') : t('map.unanswered')} · {format.ago(question.askedAt)}
      </Text>
      <Text size="sm" className={classes.words}>
        {question.text}
      </Text>
      {nearest && (
        <Text size="xs" c="dimmed">
          {t('map.nearestPassage', { title: nearest.title })}
        </Text>
      )}
      <Group gap="xs">
        <ButtonLink
          size="compact-sm"
          variant="default"
          to="/w/$workspaceId/conversations/$conversationId"
          params={{ workspaceId, conversationId: question.conversationId }}
        >
          {t('map.openConversation')}
        </ButtonLink>
        {mayChange && !question.answered && (
          <Button size="compact-sm" variant="light" onClick={() => onAnswer(index)}>
            {t('map.addAnswer')}
          </Button>
        )}
        {mayChange && (
          <Button size="compact-sm" variant="subtle" onClick={() => onKeep(index)}>
            {t('testQuestions.keep')}
          </Button>
        )}
      </Group>
    </>
  );
}
