import { Badge, Group, Text, Title } from '@mantine/core';
import { IconListSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { routes, type TurnInspection } from '@docent/contracts';
import { useApiQuery } from '../../api/queries';
import { useWorkspace } from '../../api/workspace';
import { useFormat } from '../../ui/format';
import { ButtonLink } from '../../ui/links';
import { QueryState } from '../../ui/query-state';
import { LongText } from './long-text';
import classes from './playground.module.css';

interface BehindTheAnswerProps {
  conversationId: string | null;
  turnId: string | null;
  botId: string;
}

/** Which passages were looked at for an answer, how well they fit, and how long each step took. */
export function BehindTheAnswer({ conversationId, turnId, botId }: BehindTheAnswerProps) {
  const { t } = useTranslation();
  const isChosen = conversationId !== null && turnId !== null;
  const inspection = useApiQuery(
    routes.inspectTurn,
    { params: { conversationId: conversationId ?? '', turnId: turnId ?? '' } },
    { enabled: isChosen },
  );
  return (
    <aside className={classes.behind} aria-label={t('playground.behind')}>
      <div className={classes.scroll} tabIndex={0} role="group" aria-label={t('playground.behind')}>
        <Title order={2}>{t('playground.behind')}</Title>
        {isChosen ? (
          <QueryState query={inspection}>{(found) => <Inspection inspection={found} botId={botId} />}</QueryState>
        ) : (
          <Text size="sm" c="dimmed">
            {t('playground.behindHint')}
          </Text>
        )}
      </div>
    </aside>
  );
}

function Inspection({ inspection, botId }: { inspection: TurnInspection; botId: string }) {
  const { t } = useTranslation();
  const { passages } = inspection;
  const best = Math.max(...passages.map(({ score }) => score), 0.000_001);
  return (
    <>
      <Timings inspection={inspection} />
      <Text size="sm" fw={600} mt={4}>
        {passages.length > 0 ? t('playground.passages', { count: passages.length }) : t('playground.noPassages')}
      </Text>
      <ol className={classes.passages}>
        {passages.map((passage) => (
          <PassageCard
            key={`${passage.sourceId}-${passage.start}`}
            passage={passage}
            botId={botId}
            share={passage.score / best}
          />
        ))}
      </ol>
      <CompareLink botId={botId} question={inspection.query} />
    </>
  );
}

/** To the same question, ranked by words, by meaning and by both. */
function CompareLink({ botId, question }: { botId: string; question: string }) {
  const { t } = useTranslation();
  const workspaceId = useWorkspace().id;
  return (
    <ButtonLink
      to="/w/$workspaceId/bots/$botId/playground"
      params={{ workspaceId, botId }}
      search={{ look: 'search', question: question.slice(0, 2000) }}
      size="xs"
      variant="default"
      flex="none"
      leftSection={<IconListSearch size={15} aria-hidden />}
    >
      {t('playground.compare')}
    </ButtonLink>
  );
}

function Timings({ inspection: { model, timings, query, question } }: { inspection: TurnInspection }) {
  const { t } = useTranslation();
  const format = useFormat();
  const ms = (value: number | null) =>
    value === null ? '–' : `${format.number(value < 10 ? Math.round(value * 10) / 10 : Math.round(value))} ms`;
  return (
    <dl className={classes.timings}>
      <dt>{t('playground.model')}</dt>
      <dd>{model && model !== 'none' ? model : t('playground.extractive')}</dd>
      <dt>{t('playground.retrieval')}</dt>
      <dd>{ms(timings.retrievalMs)}</dd>
      <dt>{t('playground.firstToken')}</dt>
      <dd>{ms(timings.firstTokenMs)}</dd>
      <dt>{t('playground.total')}</dt>
      <dd>{ms(timings.totalMs)}</dd>
      {query !== question && (
        <>
          <dt>{t('playground.searchedFor')}</dt>
          <dd>{query}</dd>
        </>
      )}
    </dl>
  );
}

type InspectedPassage = TurnInspection['passages'][number];

function PassageCard({ passage, botId, share }: { passage: InspectedPassage; botId: string; share: number }) {
  const { t } = useTranslation();
  const workspaceId = useWorkspace().id;
  return (
    <li className={classes.passage} data-cited={passage.cited || undefined}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <Link
          className={classes.title}
          to="/w/$workspaceId/bots/$botId/knowledge/$sourceId"
          params={{ workspaceId, botId, sourceId: passage.sourceId }}
          search={{ start: passage.start, end: passage.end }}
        >
          {passage.title}
        </Link>
        {passage.cited && (
          <Badge size="sm" variant="light" flex="none">
            {t('playground.cited')}
          </Badge>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        {[
          passage.headings.join(' › '),
          passage.page !== null ? t('knowledge.page', { page: passage.page }) : '',
          t('playground.score', { score: passage.score.toFixed(3) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      <div className={classes.meter} aria-hidden>
        <span style={{ width: `${Math.round(share * 100)}%` }} />
      </div>
      <LongText text={passage.text} />
    </li>
  );
}
