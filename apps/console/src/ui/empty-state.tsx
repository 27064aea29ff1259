import type { ReactNode } from 'react';
import { Stack, Text } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import classes from './empty-state.module.css';

interface EmptyStateProps {
  icon: Icon;
  title: string;
  /** The whole page is empty: the title is its heading. */
  isPage?: boolean;
  children?: ReactNode;
  action?: ReactNode;
}

/** What to see where there is nothing yet, and what to do about it. */
export function EmptyState({ icon: Icon, title, isPage, children, action }: EmptyStateProps) {
  return (
    <Stack align="center" gap={6} py={48} px="md" ta="center">
      <div className={classes.icon}>
        <Icon size={22} stroke={1.6} aria-hidden />
      </div>
      <Text component={isPage ? 'h1' : 'p'} fw={600} size="md" mt={8}>
        {title}
      </Text>
      {children && (
        <Text c="dimmed" size="sm" maw={420} component="div">
          {children}
        </Text>
      )}
      {action && <div className={classes.action}>{action}</div>}
    </Stack>
  );
}
