import {
  Avatar,
  Menu,
  UnstyledButton,
  VisuallyHidden,
  useMantineColorScheme,
  type MantineColorScheme,
} from '@mantine/core';
import { IconLogout, IconSelector } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { routes, type Person } from '@docent/contracts';
import { useAccountMutation } from '../api/account';
import { notifyFailed } from '../ui/notify';
import classes from './menus.module.css';

/** Who is signed in, light or dark, and the way out. */
export function ProfileMenu({ person }: { person: Person }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const signOut = useAccountMutation(routes.signOut, () => {
    void navigate({ to: '/sign-in' }).then(() => queryClient.clear());
  });
  return (
    <Menu width={230} position="top-start">
      <Menu.Target>
        <UnstyledButton className={classes.target}>
          <VisuallyHidden>{t('shell.profile')}</VisuallyHidden>
          <Avatar name={person.name} size={28} radius="xl" aria-hidden />
          <span className={classes.names}>
            <span className={classes.name}>{person.name}</span>
            <span className={classes.detail}>{person.email}</span>
          </span>
          <IconSelector size={16} aria-hidden className={classes.arrow} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('shell.appearance')}</Menu.Label>
        <Appearance />
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={15} aria-hidden />}
          onClick={() => signOut.mutate({}, { onError: notifyFailed })}
        >
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Appearance() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(value as MantineColorScheme)}>
      {(['auto', 'light', 'dark'] as const).map((value) => (
        <Menu.RadioItem key={value} value={value} closeMenuOnClick={false}>
          {t(`shell.${value}`)}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}
