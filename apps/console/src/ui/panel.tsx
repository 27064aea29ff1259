import { useId, type ReactNode } from 'react';
import { Text, Title } from '@mantine/core';
import classes from './panel.module.css';

interface PanelProps {
  title?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  /** Content to the edges, for tables and lists. */
  flush?: boolean;
  tone?: 'plain' | 'danger';
  children: ReactNode;
}

/** A bordered part of a page with its own heading. */
export function Panel({ title, description, actions, flush, tone = 'plain', children }: PanelProps) {
  const headingId = useId();
  return (
    <section className={classes.panel} data-tone={tone} aria-labelledby={title ? headingId : undefined}>
      {title && (
        <div className={classes.header}>
          <div className={classes.words}>
            <Title order={2} id={headingId}>
              {title}
            </Title>
            {description && (
              <Text c="dimmed" size="sm" mt={2}>
                {description}
              </Text>
            )}
          </div>
          {actions}
        </div>
      )}
      <div className={flush ? classes.flush : classes.body}>{children}</div>
    </section>
  );
}
