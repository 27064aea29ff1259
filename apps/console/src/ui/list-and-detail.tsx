import type { ReactNode, Ref } from 'react';
import { Group, Text, Title } from '@mantine/core';
import { Outlet } from '@tanstack/react-router';
import { usePageTitle } from './page-title';
import classes from './list-and-detail.module.css';

interface ListAndDetailProps {
  title: string;
  description?: string;
  /** At the end of the title's line. */
  action?: ReactNode;
  /** Whether one of the list is open: on a phone it takes the place of the list. */
  isOpen: boolean;
  /** What stays above the list while that scrolls. */
  above: ReactNode;
  /** What scrolls. */
  scroll?: Ref<HTMLDivElement>;
  children: ReactNode;
}

/** A list beside the one of it that is open, which is drawn by the route below. On a phone one or the other. */
export function ListAndDetail({ title, description, action, isOpen, above, scroll, children }: ListAndDetailProps) {
  usePageTitle(title);
  return (
    <div className={classes.page} data-open={isOpen || undefined}>
      <div className={classes.column}>
        <Group component="header" justify="space-between" className={classes.head} wrap="nowrap">
          <div>
            <Title order={isOpen ? 2 : 1} size="h1">
              {title}
            </Title>
            {description && (
              <Text size="sm" c="dimmed">
                {description}
              </Text>
            )}
          </div>
          {action}
        </Group>
        {above}
        <div ref={scroll} className={classes.scroll}>
          {children}
        </div>
      </div>
      <div className={classes.detail}>
        <Outlet />
      </div>
    </div>
  );
}
