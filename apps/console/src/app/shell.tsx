import { useEffect, useState, type ReactNode } from 'react';
import { Burger, Drawer, Group, Text, VisuallyHidden } from '@mantine/core';
import { useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Me } from '@docent/contracts';
import { useWorkspace } from '../api/workspace';
import { LogoMark } from '../ui/logo';
import { Navigation } from './navigation';
import { ProfileMenu } from './profile-menu';
import { useIsLive } from './realtime';
import classes from './shell.module.css';
import { WorkspaceSwitcher } from './workspace-switcher';

/** The frame of the console: navigation at the side, in a drawer on phones, and the page. */
export function Shell({ me, children }: { me: Me; children: ReactNode }) {
  const { t } = useTranslation();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const [openAt, setOpenAt] = useState<string | null>(null);
  const isOpen = openAt === path;
  const side = (
    <div className={classes.side}>
      <WorkspaceSwitcher me={me} />
      <Navigation />
      <ProfileMenu person={me.person} />
    </div>
  );
  return (
    <div className={classes.shell}>
      <a href="#content" className={classes.skip}>
        {t('shell.skip')}
      </a>
      <section className={classes.phoneHeader} aria-label={t('shell.bar')}>
        <Group gap={10}>
          <LogoMark size={24} />
          <Text fw={600}>{useWorkspace().name}</Text>
        </Group>
        <Burger
          size="sm"
          opened={isOpen}
          onClick={() => setOpenAt(isOpen ? null : path)}
          aria-label={t('shell.openNavigation')}
          aria-expanded={isOpen}
        />
      </section>
      <Drawer
        opened={isOpen}
        onClose={() => setOpenAt(null)}
        size={280}
        hiddenFrom="md"
        title={t('shell.menu')}
        closeButtonProps={{ 'aria-label': t('shell.closeNavigation') }}
      >
        {side}
      </Drawer>
      <div className={classes.sidebar}>{side}</div>
      <PageAnnouncement path={path} />
      <main id="content" tabIndex={-1} className={classes.content}>
        <LiveNotice />
        {children}
      </main>
    </div>
  );
}

const titleSettlesMs = 400;

/** Says the new page's title to screen readers: without a page load, browsers do not. */
function PageAnnouncement({ path }: { path: string }) {
  const [announced, setAnnounced] = useState({ path, title: '' });
  useEffect(() => {
    const timer = setTimeout(
      () => setAnnounced((before) => (before.path === path ? before : { path, title: document.title })),
      titleSettlesMs,
    );
    return () => clearTimeout(timer);
  }, [path]);
  return <VisuallyHidden role="status">{announced.title}</VisuallyHidden>;
}

function LiveNotice() {
  const { t } = useTranslation();
  return (
    <div role="status" className={classes.notice}>
      {useIsLive() ? null : <span>{t('shell.offline')}</span>}
    </div>
  );
}
