import type { ReactNode } from 'react';
import { Group, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { LogoMark } from '../../ui/logo';
import classes from './auth-layout.module.css';

/** The quiet frame of the pages before one is signed in. */
export function AuthLayout({
  title,
  intro,
  children,
  footer,
}: {
  title: string;
  intro?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
}) {
  useDocumentTitle(`${title} · Docent`);
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <Group gap={10} mb={36}>
          <LogoMark size={30} />
          <Text fw={650} size="lg">
            Docent
          </Text>
        </Group>
        <Title order={1}>{title}</Title>
        {intro && (
          <Text c="dimmed" mt={6}>
            {intro}
          </Text>
        )}
        <div className={classes.form}>{children}</div>
        {footer && (
          <Text size="sm" c="dimmed" mt="xl">
            {footer}
          </Text>
        )}
      </div>
    </main>
  );
}
