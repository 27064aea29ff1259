import { ActionIcon, Button, Group, Progress, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format';
import { Panel } from '../../ui/panel';
import type { UploadItem, UploadQueue } from './upload-queue';
import classes from './upload-list.module.css';
import { useUploads } from './use-uploads';

const shown = 6;

/** Files on their way to the server. Gone when all have arrived. */
export function UploadList({ botId }: { botId: string }) {
  const { t } = useTranslation();
  const { items, queue } = useUploads(botId);
  if (items.length === 0) return null;
  const failed = items.filter(({ state }) => state === 'failed');
  const moving = items.filter(({ state }) => state !== 'failed');
  return (
    <Panel title={t('knowledge.uploading', { count: items.length })} description={t('knowledge.uploadingHint')} flush>
      <ul className={classes.list}>
        {[...moving.slice(0, shown), ...failed].map((item) => (
          <UploadRow key={item.id} item={item} queue={queue} />
        ))}
      </ul>
      {moving.length > shown && (
        <Text size="sm" c="dimmed" px="lg" pb="md">
          {t('knowledge.moreWaiting', { count: moving.length - shown })}
        </Text>
      )}
    </Panel>
  );
}

function UploadRow({ item, queue }: { item: UploadItem; queue: UploadQueue }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <Text size="sm" fw={500} truncate>
          {item.name}
        </Text>
        {item.state === 'failed' ? (
          <Text size="xs" c="var(--mantine-color-error)" role="alert">
            {item.error}
          </Text>
        ) : (
          <Progress value={item.share * 100} size={5} aria-label={t('knowledge.progressOf', { name: item.name })} />
        )}
      </div>
      <Group gap={6} wrap="nowrap">
        {item.state === 'failed' ? (
          <Button size="compact-xs" variant="default" onClick={() => queue.retry(item.id)}>
            {t('common.retry')}
          </Button>
        ) : (
          <Text size="xs" c="dimmed">
            {item.state === 'waiting' ? t('knowledge.waiting') : format.bytes(item.sizeBytes)}
          </Text>
        )}
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t('knowledge.stopUpload', { name: item.name })}
          onClick={() => queue.remove(item.id)}
        >
          <IconX size={15} />
        </ActionIcon>
      </Group>
    </li>
  );
}
