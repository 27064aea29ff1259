import { Group, Loader, Text, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconBulb, IconBulbOff, IconCircleCheck, IconHourglass } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LearningState, LearningStatus } from '@docent/contracts';
import { useFormat } from '../../ui/format';

const colours: Record<LearningStatus, string> = {
  learned: 'teal',
  kept: 'yellow',
  learning: 'indigo',
  waiting: 'indigo',
  off: 'gray',
  too_small: 'gray',
  unsupported: 'gray',
};

/** The state in one sentence, and why. */
export function LearningStatusLine({ state }: { state: LearningState }) {
  return (
    <Group wrap="nowrap" align="flex-start" gap="sm">
      <ThemeIcon variant="light" color={colours[state.status]} size={36} radius="md">
        <StatusIcon status={state.status} />
      </ThemeIcon>
      <div role="status">
        <Text fw={600}>
          <Sentence state={state} />
        </Text>
        {state.note && (
          <Text size="sm" c="dimmed">
            {state.note}
          </Text>
        )}
      </div>
    </Group>
  );
}

function Sentence({ state }: { state: LearningState }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (state.status !== 'learned' && state.status !== 'kept') return t(`learning.status.${state.status}`);
  const at = state.learnedAt ? describeTime(state.learnedAt, format, t('learning.today')) : '';
  const passages = format.number(state.passages);
  if (state.status === 'kept') return t('learning.status.kept', { at });
  return t('learning.status.learned', {
    count: state.passages,
    passages,
    seconds: format.number(Math.round(state.seconds ?? 0)),
    at,
  });
}

function describeTime(iso: string, format: ReturnType<typeof useFormat>, today: string): string {
  const isToday = new Date(iso).toDateString() === new Date().toDateString();
  return isToday ? `${today} ${format.time(iso)}` : format.dateTime(iso);
}

function StatusIcon({ status }: { status: LearningStatus }) {
  const look = { size: 20, stroke: 1.7, 'aria-hidden': true };
  if (status === 'learned') return <IconCircleCheck {...look} />;
  if (status === 'kept') return <IconAlertTriangle {...look} />;
  if (status === 'learning') return <Loader size={18} />;
  if (status === 'waiting') return <IconHourglass {...look} />;
  return status === 'too_small' ? <IconBulb {...look} /> : <IconBulbOff {...look} />;
}
