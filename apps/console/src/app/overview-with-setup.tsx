import { Text } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCan, useWorkspace } from '../api/workspace';
import { OverviewPage } from '../features/overview/overview-page';
import { ButtonLink } from '../ui/links';
import { setupSteps, useSetupProgress } from './setup-progress';
import classes from './setup.module.css';

/** The overview, and above it the way to a working widget while there is none. */
export function OverviewWithSetup() {
  return <OverviewPage before={useCan('admin') && <SetupInvitation />} />;
}

function SetupInvitation() {
  const { t } = useTranslation();
  const workspaceId = useWorkspace().id;
  const { next, isDone, isPending } = useSetupProgress();
  if (isPending || next === null || (isDone.domain && isDone.knowledge)) return null;
  const done = setupSteps.filter((step) => isDone[step]).length;
  return (
    <section className={classes.invite} aria-label={t('setup.title')}>
      <div>
        <Text fw={600}>{done === 0 ? t('setup.welcome') : t('setup.goOn')}</Text>
        <Text size="sm" c="dimmed">
          {t('setup.nextIs', { done, all: setupSteps.length, step: t(`setup.step.${next}`) })}
        </Text>
      </div>
      <ButtonLink to="/w/$workspaceId/setup" params={{ workspaceId }} rightSection={<IconArrowRight size={16} />}>
        {done === 0 ? t('setup.begin') : t('setup.continue')}
      </ButtonLink>
    </section>
  );
}
