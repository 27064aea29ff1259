import { Button, Center } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Source } from '@docent/contracts';
import { EmptyState } from '../../ui/empty-state';
import classes from './source-list.module.css';
import { SourceRow } from './source-row';

interface SourceListProps {
  botId: string;
  sources: Source[];
  isFiltered: boolean;
  onMore?: () => void;
  isLoadingMore: boolean;
}

/** The sources of a bot, newest first. */
export function SourceList({ botId, sources, isFiltered, onMore, isLoadingMore }: SourceListProps) {
  const { t } = useTranslation();
  if (sources.length === 0 && isFiltered) {
    return (
      <EmptyState icon={IconFilterOff} title={t('knowledge.noMatch')}>
        {t('knowledge.noMatchText')}
      </EmptyState>
    );
  }
  return (
    <>
      <ul className={classes.list} aria-label={t('knowledge.title')}>
        {sources.map((source) => (
          <SourceRow key={source.id} botId={botId} source={source} />
        ))}
      </ul>
      {onMore && (
        <Center p="md">
          <Button variant="default" size="xs" onClick={onMore} loading={isLoadingMore}>
            {t('common.more')}
          </Button>
        </Center>
      )}
    </>
  );
}
