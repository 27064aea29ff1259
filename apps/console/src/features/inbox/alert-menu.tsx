import { useState } from 'react';
import { ActionIcon, Popover, Stack, Switch, Text } from '@mantine/core';
import { IconBell, IconBellOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAlertChoices } from './alert-choices';
import { playChime } from './play-chime';

const isSupported = typeof Notification !== 'undefined';

/** Sound and browser notifications for visitors who wait. The browser is asked for permission only when one is switched on. */
export function AlertMenu() {
  const { t } = useTranslation();
  const [choices, change] = useAlertChoices();
  const [permission, setPermission] = useState(() => (isSupported ? Notification.permission : 'denied'));
  const notifies = choices.notifications && permission === 'granted';
  const switchNotifications = async (on: boolean) => {
    if (on && permission !== 'granted') {
      const answer = await Notification.requestPermission();
      setPermission(answer);
      if (answer !== 'granted') return;
    }
    change({ notifications: on });
  };
  const Icon = choices.sound || notifies ? IconBell : IconBellOff;
  return (
    <Popover position="bottom-end" width={290} trapFocus shadow="md">
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size={34} aria-label={t('inbox.alerts')}>
          <Icon size={18} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t('inbox.alertsHint')}
          </Text>
          <Switch
            label={t('inbox.sound')}
            checked={choices.sound}
            onChange={({ currentTarget }) => {
              change({ sound: currentTarget.checked });
              if (currentTarget.checked) playChime();
            }}
          />
          <Switch
            label={t('inbox.notifications')}
            description={permission === 'denied' ? t('inbox.notificationsDenied') : undefined}
            disabled={!isSupported || permission === 'denied'}
            checked={notifies}
            onChange={({ currentTarget }) => void switchNotifications(currentTarget.checked)}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
