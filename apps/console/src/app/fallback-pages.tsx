import { Button, Center } from '@mantine/core';
import { IconCompass, IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error';
import { EmptyState } from '../ui/empty-state';
import { ErrorNotice } from '../ui/error-notice';

/** For an address that leads nowhere, or to something that is not yours: both look the same. */
export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Center mih="60vh">
      <EmptyState
        icon={IconCompass}
        title={t('shell.notFound')}
        action={
          <Button component="a" href="/" variant="default">
            {t('shell.toStart')}
          </Button>
        }
      >
        {t('shell.notFoundText')}
      </EmptyState>
    </Center>
  );
}

/** For a page that could not be drawn. Refusals of the server are shown in its own words. */
export function CrashedPage({ error, reset }: { error: unknown; reset?: () => void }) {
  const { t } = useTranslation();
  if (error instanceof ApiError) {
    return (
      <Center mih="60vh" p="md">
        <ErrorNotice error={error} onRetry={reset ?? (() => window.location.reload())} />
      </Center>
    );
  }
  return (
    <Center mih="60vh">
      <EmptyState
        icon={IconPlugConnectedX}
        title={t('shell.crashed')}
        action={
          <Button variant="default" onClick={() => window.location.reload()}>
            {t('shell.reload')}
          </Button>
        }
      >
        {t('shell.crashedText')}
      </EmptyState>
    </Center>
  );
}
