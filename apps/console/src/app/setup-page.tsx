import type { ReactNode } from 'react';
import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconArrowRight, IconConfetti } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCan, useWorkspace } from '../api/workspace';
import { CreateBotForm } from '../features/bots/create-bot-form';
import { KnowledgePanel } from '../features/knowledge/knowledge-panel';
import { Playground } from '../features/playground/playground';
import { AllowedDomains } from '../features/widget/allowed-domains';
import { Snippet } from '../features/widget/snippet';
import { ButtonLink } from '../ui/links';
import { Page } from '../ui/page';
import { Panel } from '../ui/panel';
import { QueryState } from '../ui/query-state';
import { setupSteps, snippetCopied, useSetupProgress, type SetupProgress, type SetupStep } from './setup-progress';
import { SetupSteps } from './setup-steps';

/** From nothing to a working widget, one step at a time. Every step can be left and come back to. */
export function SetupPage() {
  const { t } = useTranslation();
  const { botId, step } = useSearch({ from: '/w/$workspaceId/setup' });
  const progress = useSetupProgress(botId);
  return (
    <Page title={t('setup.title')} description={t('setup.description')} width="wide">
      <QueryState query={{ ...progress, data: progress.isPending ? undefined : progress }}>
        {(known) => <Steps progress={known} chosen={step === undefined ? undefined : setupSteps[step - 1]} />}
      </QueryState>
    </Page>
  );
}

function Steps({ progress, chosen }: { progress: SetupProgress; chosen: SetupStep | undefined }) {
  const navigate = useNavigate({ from: '/w/$workspaceId/setup' });
  const mayGo = (step: SetupStep) => step === 'bot' || progress.bot !== undefined;
  const open = chosen && mayGo(chosen) ? chosen : (progress.next ?? 'snippet');
  const goTo = (step: SetupStep, botId = progress.bot?.id) =>
    void navigate({ to: '.', search: { botId, step: setupSteps.indexOf(step) + 1 } });
  return (
    <Stack gap="xl">
      <SetupSteps isDone={progress.isDone} open={open} mayGo={mayGo} onChoose={goTo} />
      <StepContent step={open} progress={progress} goTo={goTo} />
    </Stack>
  );
}

interface StepProps {
  step: SetupStep;
  progress: SetupProgress;
  goTo: (step: SetupStep, botId?: string) => void;
}

function StepContent({ step, progress, goTo }: StepProps) {
  const { t } = useTranslation();
  const workspaceId = useWorkspace().id;
  const mayChange = useCan('admin');
  const { bot, isDone } = progress;
  if (step === 'bot' || !bot) {
    return (
      <Panel title={t('setup.step.bot')} description={t('setup.hint.bot')}>
        {mayChange ? <CreateBotForm onCreated={(created) => goTo('knowledge', created.id)} /> : t('common.notAllowed')}
      </Panel>
    );
  }
  if (step === 'knowledge') {
    return (
      <Framed next={<Next onClick={() => goTo('try')} isReady={isDone.knowledge} />}>
        <KnowledgePanel key={bot.id} botId={bot.id} />
      </Framed>
    );
  }
  if (step === 'try') {
    return (
      <Framed next={<Next onClick={() => goTo('domain')} isReady={isDone.try} />}>
        <Playground key={bot.id} botId={bot.id} />
      </Framed>
    );
  }
  if (step === 'domain') {
    return (
      <Framed next={<Next onClick={() => goTo('snippet')} isReady={isDone.domain} />}>
        <AllowedDomains bot={bot} mayChange={mayChange} />
      </Framed>
    );
  }
  return (
    <Framed next={progress.next === null && <Finished />}>
      <Snippet botId={bot.id} isClosed={bot.allowedOrigins.length === 0} onCopy={() => snippetCopied.set(workspaceId)} />
    </Framed>
  );
}

function Framed({ children, next }: { children: ReactNode; next: ReactNode }) {
  return (
    <Stack gap="lg">
      {children}
      {next}
    </Stack>
  );
}

/** Steps may be skipped: the button only looks less inviting. */
function Next({ onClick, isReady }: { onClick: () => void; isReady: boolean }) {
  const { t } = useTranslation();
  return (
    <Group justify="flex-end">
      <Button variant={isReady ? 'filled' : 'default'} rightSection={<IconArrowRight size={16} />} onClick={onClick}>
        {isReady ? t('setup.next') : t('setup.skip')}
      </Button>
    </Group>
  );
}

function Finished() {
  const { t } = useTranslation();
  const params = { workspaceId: useWorkspace().id };
  return (
    <Alert color="teal" variant="light" icon={<IconConfetti />} title={t('setup.finished')} role="status">
      {t('setup.finishedText')}
      <Group mt="sm">
        <ButtonLink to="/w/$workspaceId/overview" params={params} size="xs" variant="default">
          {t('setup.toOverview')}
        </ButtonLink>
      </Group>
    </Alert>
  );
}
