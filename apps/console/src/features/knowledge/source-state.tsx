import { Group, Progress, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Source } from '@docent/contracts';

/** Ready, failed, or the present step with its percentage. */
export function SourceState({ source }: { source: Source }) {
  const { t } = useTranslation();
  if (source.status === 'ready') {
    return (
      <Group gap={6} wrap="nowrap">
        <IconCircleCheck size={16} color="var(--mantine-color-teal-7)" aria-hidden />
        <Text size="sm">{t('knowledge.stage.ready')}</Text>
      </Group>
    );
  }
  if (source.status === 'failed') {
    return (
      <Group gap={6} wrap="nowrap">
        <IconAlertTriangle size={16} color="var(--mantine-color-error)" aria-hidden />
        <Text size="sm" c="var(--mantine-color-error)">
          {t('knowledge.stage.failed')}
        </Text>
      </Group>
    );
  }
  return (
    <Stack gap={5}>
      <Group justify="space-between" gap={6} wrap="nowrap">
        <Text size="xs" truncate>
          {t(`knowledge.stage.${source.stage}`)}
        </Text>
        <Text size="xs" c="dimmed" flex="none">
          {source.progress} %
        </Text>
      </Group>
      <Progress
        value={source.progress}
        size={5}
        animated={source.status === 'processing'}
        aria-label={t('knowledge.progressOf', { name: source.name })}
      />
    </Stack>
  );
}
