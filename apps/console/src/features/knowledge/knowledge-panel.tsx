import { useState } from 'react';
import { Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { routes } from '@docent/contracts';
import { useApiPages } from '../../api/queries';
import { useCan } from '../../api/workspace';
import { QueryState } from '../../ui/query-state';
import { Panel } from '../../ui/panel';
import { AddKnowledge } from './add-knowledge';
import { SourceFilters, type Filters } from './source-filters';
import { SourceList } from './source-list';
import { UploadList } from './upload-list';

/** Everything a bot knows: adding to it, watching it become searchable, and taking it away. */
export function KnowledgePanel({ botId }: { botId: string }) {
  const mayChange = useCan('admin');
  const [filters, setFilters] = useState<Filters>({ search: '', status: undefined, type: undefined });
  const [search] = useDebouncedValue(filters.search, 250);
  const { status, type } = filters;
  const narrowed = status === 'unreviewed' ? { unreviewed: 'true' as const } : { status };
  const query = { ...narrowed, type, search: search || undefined, limit: 50 };
  const sources = useApiPages(routes.listSources, { params: { botId }, query });
  const items = sources.data?.pages.flatMap((page) => page.items);
  const isFiltered = Boolean(search || filters.status || filters.type);
  return (
    <Stack gap="lg">
      {mayChange && <AddKnowledge botId={botId} isFirst={items?.length === 0 && !isFiltered} />}
      <UploadList botId={botId} />
      {(isFiltered || (items && items.length > 0) || sources.error) && (
        <Panel flush>
          <SourceFilters filters={filters} onChange={setFilters} />
          <QueryState query={{ ...sources, data: items }}>
            {(list) => (
              <SourceList
                botId={botId}
                sources={list}
                isFiltered={isFiltered}
                onMore={sources.hasNextPage ? () => void sources.fetchNextPage() : undefined}
                isLoadingMore={sources.isFetchingNextPage}
              />
            )}
          </QueryState>
        </Panel>
      )}
      {sources.isPending && (
        <Panel flush>
          <QueryState query={{ ...sources, data: undefined }}>{() => null}</QueryState>
        </Panel>
      )}
    </Stack>
  );
}
