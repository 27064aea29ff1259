import { Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconPlus, IconSelector } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Me } from '@docent/contracts';
import { useWorkspace } from '../api/workspace';
import { MenuLink } from '../ui/links';
import { LogoMark } from '../ui/logo';
import classes from './menus.module.css';

/** Shows where one is and leads to the other workspaces. */
export function WorkspaceSwitcher({ me }: { me: Me }) {
  const { t } = useTranslation();
  const current = useWorkspace();
  return (
    <Menu width={230} position="bottom-start">
      <Menu.Target>
        <UnstyledButton className={classes.target}>
          <VisuallyHidden>{t('shell.switchWorkspace')}</VisuallyHidden>
          <LogoMark />
          <span className={classes.names}>
            <span className={classes.name}>{current.name}</span>
            <span className={classes.detail}>Docent</span>
          </span>
          <IconSelector size={16} aria-hidden className={classes.arrow} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('shell.workspaces')}</Menu.Label>
        {me.workspaces.map((workspace) => (
          <MenuLink
            key={workspace.id}
            to="/w/$workspaceId"
            params={{ workspaceId: workspace.id }}
            rightSection={workspace.id === current.id ? <IconCheck size={15} aria-hidden /> : null}
          >
            <Text size="sm" truncate>
              {workspace.name}
            </Text>
          </MenuLink>
        ))}
        <Menu.Divider />
        <MenuLink to="/new-workspace" leftSection={<IconPlus size={15} aria-hidden />}>
          {t('shell.newWorkspace')}
        </MenuLink>
      </Menu.Dropdown>
    </Menu>
  );
}
