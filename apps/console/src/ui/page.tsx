import type { ReactNode } from 'react';
import { Group, Stack, Text, Title } from '@mantine/core';
import { usePageTitle } from './page-title';
import classes from './page.module.css';

interface PageProps {
  title: string;
  description?: ReactNode;
  /** Buttons at the end of the heading. */
  actions?: ReactNode;
  /** Above the heading, such as the way back. */
  before?: ReactNode;
  width?: 'narrow' | 'normal' | 'wide';
  children: ReactNode;
}

/** The frame of every page: document title, one `h1`, what one can do here, and the content. */
export function Page({ title, description, actions, before, width = 'normal', children }: PageProps) {
  usePageTitle(title);
  return (
    <div className={classes.page} data-width={width}>
      {before}
      <Group justify="space-between" align="flex-start" gap="md" mb="xl">
        <div className={classes.heading}>
          <Title order={1}>{title}</Title>
          {description && (
            <Text c="dimmed" mt={4} maw={640}>
              {description}
            </Text>
          )}
        </div>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      <Stack gap="lg">{children}</Stack>
    </div>
  );
}
