import type { ReactNode } from 'react';
import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from './error-notice';

interface Query<Data> {
  data: Data | undefined;
  error: Error | null;
  isPending: boolean;
  refetch: () => unknown;
}

interface QueryStateProps<Data> {
  query: Query<Data>;
  /** Shown while the first answer is on its way; grey lines when left out. */
  loading?: ReactNode;
  children: (data: Data) => ReactNode;
}

/** Loading, failed or there: every answer of the server is shown through this. What was read before stays when a reload fails. */
export function QueryState<Data>({ query, loading, children }: QueryStateProps<Data>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />;
  return <Loading>{loading}</Loading>;
}

/** A placeholder in the shape of lines, announced to screen readers as loading. */
export function Loading({ children, lines = 4 }: { children?: ReactNode; lines?: number }) {
  const { t } = useTranslation();
  return (
    <div aria-busy="true">
      <VisuallyHidden role="status">{t('common.loading')}</VisuallyHidden>
      {children ?? (
        <Stack gap="md" p="lg">
          {Array.from({ length: lines }, (_, line) => (
            <Skeleton key={line} height={14} width={`${92 - ((line * 17) % 40)}%`} />
          ))}
        </Stack>
      )}
    </div>
  );
}
