import { useState } from 'react';
import { ActionIcon, Badge, Button, Group, Menu, Text, Title, UnstyledButton } from '@mantine/core';
import {
  IconCheck,
  IconDots,
  IconFlag,
  IconMessage,
  IconMessageQuestion,
  IconMoodSmile,
  IconTargetArrow,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MeaningMap } from '@docent/contracts';
import { useCan, useWorkspace } from '../../../api/workspace';
import { EmptyState } from '../../../ui/empty-state';
import { useFormat } from '../../../ui/format';
import { MenuLink } from '../../../ui/links';
import type { Gap, OpenQuestion } from './find-gaps';
import classes from './meaning-map.module.css';

export interface GapActions {
  onAnswer: (question: OpenQuestion) => void;
  onKeep: (question: OpenQuestion) => void;
  /** Brings these questions of the map into sight. */
  onShow: (questions: number[]) => void;
  /** Points these questions out on the map while the pointer or the focus is on them. */
  onPointOut: (questions: number[]) => void;
}

interface GapListProps extends GapActions {
  map: MeaningMap;
  gaps: Gap[];
}

/** What visitors asked and the knowledge lacks, by the nearest topic: the same as the red crosses, in words, with what to do about it. */
export function GapList({ map, gaps, ...actions }: GapListProps) {
  const { t } = useTranslation();
  return (
    <aside className={classes.gaps} aria-label={t('map.gaps')}>
      <div className={classes.gapsScroll} tabIndex={0} role="group" aria-label={t('map.gaps')}>
        <Title order={2}>{t('map.gaps')}</Title>
        <Text size="sm" c="dimmed">
          {t('map.gapsText')}
        </Text>
        {gaps.length === 0 ? (
          <EmptyState icon={IconMoodSmile} title={map.questions.length > 0 ? t('map.noGaps') : t('map.noQuestions')}>
            {map.questions.length > 0 ? t('map.noGapsText') : t('map.noQuestionsText')}
          </EmptyState>
        ) : (
          <ol className={classes.topics}>
            {gaps.map((gap) => (
              <li key={gap.topic ?? 'none'}>
                <GapTopic gap={gap} map={map} {...actions} />
              </li>
            ))}
          </ol>
        )}
      </div>
    </aside>
  );
}

const shownAtFirst = 4;

function GapTopic({ gap, map, ...actions }: { gap: Gap; map: MeaningMap } & GapActions) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const all = gap.questions.flatMap(({ asked }) => asked);
  const shown = isOpen ? gap.questions : gap.questions.slice(0, shownAtFirst);
  const pointOut = (questions: number[]) => ({
    onMouseEnter: () => actions.onPointOut(questions),
    onMouseLeave: () => actions.onPointOut([]),
  });
  return (
    <section className={classes.topic}>
      <Group justify="space-between" wrap="nowrap" gap="xs" {...pointOut(all)}>
        <Title order={3} className={classes.topicTitle}>
          {gap.topic === null ? t('map.noTopic') : t('map.near', { topic: gap.title })}
        </Title>
        {gap.count > 0 && (
          <Badge size="sm" color="red" variant="light" flex="none" aria-label={t('map.timesUnanswered', { count: gap.count })}>
            {gap.count}
          </Badge>
        )}
        {gap.topic !== null && (
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={t('map.showOnMap', { topic: gap.title })}
            onClick={() => actions.onShow(all)}
          >
            <IconTargetArrow size={16} />
          </ActionIcon>
        )}
      </Group>
      <ul className={classes.questions}>
        {shown.map((question) => (
          <li key={question.asked[0]} className={classes.question} {...pointOut(question.asked)}>
            <Question question={question} map={map} {...actions} />
          </li>
        ))}
      </ul>
      {gap.questions.length > shownAtFirst && (
        <UnstyledButton className={classes.more} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? t('map.fewer') : t('map.moreQuestions', { count: gap.questions.length - shownAtFirst })}
        </UnstyledButton>
      )}
    </section>
  );
}

function Question({ question, map, onAnswer, onKeep }: { question: OpenQuestion; map: MeaningMap } & GapActions) {
  const { t } = useTranslation();
  const format = useFormat();
  const workspaceId = useWorkspace().id;
  const mayChange = useCan('admin');
  const { text, asked, latest, isCovered } = question;
  const nearest = latest.nearest && map.points[latest.nearest.point];
  const facts = [
    asked.length > 1 ? t('map.askedTimes', { count: asked.length }) : null,
    format.ago(latest.askedAt),
    nearest ? t('map.nearestPassage', { title: nearest.title }) : null,
  ];
  return (
    <>
      <Text size="sm" className={classes.words}>
        {text}
      </Text>
      <Text size="xs" c="dimmed">
        {facts.filter(Boolean).join(' · ')}
      </Text>
      <Group gap={6} mt={6}>
        {isCovered && (
          <Text size="xs" c="var(--mantine-color-teal-text)" className={classes.covered}>
            <IconCheck size={14} aria-hidden /> {t('map.covered')}
          </Text>
        )}
        {mayChange && !isCovered && (
          <Button
            size="compact-xs"
            variant="light"
            leftSection={<IconMessageQuestion size={14} aria-hidden />}
            aria-label={t('map.answerTo', { question: text })}
            onClick={() => onAnswer(question)}
          >
            {t('map.addAnswer')}
          </Button>
        )}
        <Menu position="bottom-start" width={230}>
          <Menu.Target>
            <ActionIcon size="sm" variant="subtle" color="gray" aria-label={t('common.actionsFor', { name: text })}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <MenuLink
              to="/w/$workspaceId/conversations/$conversationId"
              params={{ workspaceId, conversationId: latest.conversationId }}
              leftSection={<IconMessage size={15} aria-hidden />}
            >
              {t('map.openConversation')}
            </MenuLink>
            {mayChange && (
              <Menu.Item leftSection={<IconFlag size={15} aria-hidden />} onClick={() => onKeep(question)}>
                {t('testQuestions.keep')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </Group>
    </>
  );
}
