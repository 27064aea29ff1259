import { Button, Group, Stack, Switch, Text } from '@mantine/core';
import { IconSchool } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { routes, type LearningState } from '@docent/contracts';
import { useApiMutation, useApiQuery } from '../../api/queries';
import { useCan } from '../../api/workspace';
import { useFormat } from '../../ui/format';
import { notifyDone, notifyFailed } from '../../ui/notify';
import { Panel } from '../../ui/panel';
import { QueryState } from '../../ui/query-state';
import { FoundShare } from './found-share';
import { LearningStatusLine } from './learning-status-line';
import classes from './learning.module.css';

/** What was learned, when and how well; the switch, and learning now. */
export function LearningPanel({ botId }: { botId: string }) {
  const { t } = useTranslation();
  const state = useApiQuery(routes.getLearning, { params: { botId } }, { refetchMs: pauseOf });
  return (
    <Panel title={t('learning.title')} description={t('learning.description')}>
      <QueryState query={state}>{(found) => <Learning botId={botId} state={found} />}</QueryState>
    </Panel>
  );
}

const busyPauseMs = 2_000;

/** While something is under way it is looked at often; nobody is told otherwise. */
function pauseOf(state: LearningState | undefined): number | false {
  const isBusy = state && (state.status === 'learning' || state.status === 'waiting' || !state.vectors.ready);
  return isBusy ? busyPauseMs : false;
}

function Learning({ botId, state }: { botId: string; state: LearningState }) {
  const { t } = useTranslation();
  const mayChange = useCan('admin');
  const update = useApiMutation(routes.updateBot, { stale: [routes.getBot, routes.listBots, routes.getLearning] });
  const learn = useApiMutation(routes.learnNow, {
    stale: [routes.getLearning],
    onSuccess: () => notifyDone(t('learning.asked')),
  });
  const isUnsupported = state.status === 'unsupported';
  const turn = (learning: boolean) => update.mutate({ params: { botId }, body: { learning } }, { onError: notifyFailed });
  return (
    <Stack gap="md">
      <LearningStatusLine state={state} />
      {state.questions && <FoundShare questions={state.questions} isKept={state.status === 'kept'} />}
      <Facts state={state} />
      {!mayChange && <Text c="dimmed">{t('common.notAllowed')}</Text>}
      <Group justify="space-between" className={classes.controls}>
        <Switch
          label={t('learning.switch')}
          description={t('learning.switchHint')}
          checked={update.isPending ? update.variables.body.learning : state.on}
          disabled={!mayChange || isUnsupported}
          onChange={(event) => turn(event.currentTarget.checked)}
        />
        {mayChange && (
          <Button
            variant="default"
            leftSection={<IconSchool size={16} aria-hidden />}
            loading={learn.isPending || state.status === 'learning'}
            disabled={!state.on || isUnsupported || state.status === 'too_small'}
            onClick={() => learn.mutate({ params: { botId } }, { onError: notifyFailed })}
          >
            {t('learning.now')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function vectorsText({ vectors, passages }: LearningState, t: TFunction, number: (value: number) => string): string {
  if (vectors.set !== null && vectors.ready) return t('learning.vectorsReady');
  if (vectors.made !== null)
    return t('learning.vectorsCounted', { made: number(vectors.made), passages: number(Math.max(passages, vectors.made)) });
  return vectors.set === null ? t('learning.noVectors') : t('learning.vectorsMade');
}

function Facts({ state }: { state: LearningState }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <dl className={classes.facts}>
      <div>
        <dt>{t('learning.embedder')}</dt>
        <dd>{state.embedder ?? t('learning.noEmbedder')}</dd>
      </div>
      <div>
        <dt>{t('learning.passages')}</dt>
        <dd>{format.number(state.passages)}</dd>
      </div>
      <div>
        <dt>{t('learning.vectors')}</dt>
        <dd>{vectorsText(state, t, format.number)}</dd>
      </div>
    </dl>
  );
}
