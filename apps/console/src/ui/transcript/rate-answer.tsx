import { ActionIcon, Group } from '@mantine/core';
import { IconThumbDown, IconThumbUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Rating } from '@docent/contracts';

interface RateAnswerProps {
  rating: Rating | null;
  onRate: (rating: Rating | null) => void;
}

const thumbs = { up: IconThumbUp, down: IconThumbDown } as const;

/** A thumb up or down for an answer of the bot; pressed again, it is taken back. */
export function RateAnswer({ rating, onRate }: RateAnswerProps) {
  const { t } = useTranslation();
  return (
    <Group gap={2} role="group" aria-label={t('transcript.rate')}>
      {(['up', 'down'] as const).map((value) => {
        const Thumb = thumbs[value];
        const isPressed = rating === value;
        return (
          <ActionIcon
            key={value}
            size={26}
            variant={isPressed ? 'light' : 'subtle'}
            color={isPressed ? 'indigo' : 'gray'}
            aria-pressed={isPressed}
            aria-label={t(`transcript.rateAs.${value}`)}
            onClick={() => onRate(isPressed ? null : value)}
          >
            <Thumb size={15} aria-hidden />
          </ActionIcon>
        );
      })}
    </Group>
  );
}
