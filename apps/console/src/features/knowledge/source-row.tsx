import { Badge, Button, Text } from '@mantine/core';
import { IconFileText, IconFileTypePdf, IconMessageQuestion, IconNotes, IconRefresh, IconWorld } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { routes, type Source } from '@docent/contracts';
import { useApiMutation } from '../../api/queries';
import { useCan, useWorkspace } from '../../api/workspace';
import { useFormat } from '../../ui/format';
import { notifyFailed } from '../../ui/notify';
import { SourceMenu } from './source-menu';
import { SourceState } from './source-state';
import classes from './source-list.module.css';

/** One source: what it is, how far it is, and what can be done with it. */
export function SourceRow({ botId, source }: { botId: string; source: Source }) {
  const { t } = useTranslation();
  const workspaceId = useWorkspace().id;
  const mayChange = useCan('admin');
  return (
    <li className={classes.row}>
      <SourceIcon source={source} />
      <div>
        {source.status === 'ready' ? (
          <Link
            className={classes.name}
            to="/w/$workspaceId/bots/$botId/knowledge/$sourceId"
            params={{ workspaceId, botId, sourceId: source.id }}
          >
            {source.name}
          </Link>
        ) : (
          <span className={classes.name}>{source.name}</span>
        )}
        <Facts source={source} />
      </div>
      <div className={classes.state}>
        <SourceState source={source} />
        {source.savedFrom && !source.savedFrom.isReviewed && (
          <Badge variant="light" color="yellow" mt={4} title={t('knowledge.reviewHint')}>
            {t('knowledge.status.unreviewed')}
          </Badge>
        )}
      </div>
      <SourceMenu source={source} mayChange={mayChange} botId={botId} />
      {source.error && <Problem source={source} reason={source.error.message} mayChange={mayChange} />}
    </li>
  );
}

/** Why a source failed, in words, and the way to try again. */
function Problem({ source, reason, mayChange }: { source: Source; reason: string; mayChange: boolean }) {
  const { t } = useTranslation();
  const retry = useApiMutation(routes.retrySource, { stale: [routes.listSources] });
  return (
    <div className={classes.problem}>
      <span>{reason}</span>
      {mayChange && (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconRefresh size={14} aria-hidden />}
          loading={retry.isPending}
          aria-label={t('knowledge.retryNamed', { name: source.name })}
          onClick={() => retry.mutate({ params: { sourceId: source.id } }, { onError: notifyFailed })}
        >
          {t('common.retry')}
        </Button>
      )}
    </div>
  );
}

function Facts({ source }: { source: Source }) {
  const { t } = useTranslation();
  const format = useFormat();
  const facts = [
    t(`knowledge.type.${source.type}`),
    source.sizeBytes > 0 ? format.bytes(source.sizeBytes) : null,
    source.pageCount ? t('knowledge.pages', { count: source.pageCount }) : null,
    source.chunkCount > 0 ? t('knowledge.passages', { count: source.chunkCount }) : null,
    source.savedFrom ? t('knowledge.savedBy', { name: source.savedFrom.by.name }) : null,
    format.ago(source.createdAt),
  ];
  return (
    <Text size="xs" c="dimmed">
      {facts.filter(Boolean).join(' · ')}
    </Text>
  );
}

function SourceIcon({ source }: { source: Source }) {
  const look = { size: 19, stroke: 1.6, 'aria-hidden': true, className: classes.icon };
  if (source.type === 'url') return <IconWorld {...look} />;
  if (source.type === 'qa') return <IconMessageQuestion {...look} />;
  if (source.type === 'text') return <IconNotes {...look} />;
  return source.mediaType === 'application/pdf' ? <IconFileTypePdf {...look} /> : <IconFileText {...look} />;
}
