import { Group, Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface MeterProps {
  label: string;
  used: number;
  /** Null is no limit. */
  limit: number | null;
  show: (value: number) => string;
}

/** How much of a limit is used; warns from 80 percent on. */
export function Meter({ label, used, limit, show }: MeterProps) {
  const { t } = useTranslation();
  const share = limit ? Math.min(used / limit, 1) : 0;
  const colour = share >= 1 ? 'red' : share >= 0.8 ? 'orange' : undefined;
  return (
    <div>
      <Group justify="space-between" mb={6}>
        <Text size="sm" fw={500}>
          {label}
        </Text>
        <Text size="sm" c="dimmed">
          {limit === null ? t('usage.unlimited', { used: show(used) }) : t('usage.of', { used: show(used), limit: show(limit) })}
        </Text>
      </Group>
      {limit !== null && <Progress value={share * 100} color={colour} size={7} aria-label={label} />}
      {share >= 1 && (
        <Text size="xs" c="var(--mantine-color-error)" mt={4}>
          {t('usage.full')}
        </Text>
      )}
    </div>
  );
}
