import type { ReactNode } from 'react';
import { Button, Center, Title, VisuallyHidden } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconCompass, IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error';
import { useIsInWorkspace } from '../api/workspace';
import { EmptyState } from '../ui/empty-state';
import { ErrorNotice } from '../ui/error-notice';

/** For an address that leads nowhere, or to something that is not yours: both look the same. */
export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Fallback title={t('shell.notFound')}>
      <EmptyState
        isPage
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
    </Fallback>
  );
}

/** For a page that could not be drawn. Refusals of the server are shown in its own words. */
export function CrashedPage({ error, reset }: { error: unknown; reset?: () => void }) {
  const { t } = useTranslation();
  if (error instanceof ApiError) {
    return (
      <Fallback title={t('common.failed')}>
        <VisuallyHidden>
          <Title order={1}>{t('common.failed')}</Title>
        </VisuallyHidden>
        <ErrorNotice error={error} onRetry={reset ?? (() => window.location.reload())} />
      </Fallback>
    );
  }
  return (
    <Fallback title={t('shell.crashed')}>
      <EmptyState
        isPage
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
    </Fallback>
  );
}

/** In the middle of the page, whose title it is; the page's main part where no frame stands around it. */
function Fallback({ title, children }: { title: string; children: ReactNode }) {
  const isFramed = useIsInWorkspace();
  useDocumentTitle(`${title} · Docent`);
  return (
    <Center component={isFramed ? 'div' : 'main'} mih="60vh" p="md">
      {children}
    </Center>
  );
}
