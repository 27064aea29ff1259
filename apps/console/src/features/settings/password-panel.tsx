import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { routes } from '@docent/contracts';
import { useAccountMutation } from '../../api/account';
import { ErrorNotice } from '../../ui/error-notice';
import { notifyDone } from '../../ui/notify';
import { Panel } from '../../ui/panel';

/** One's own password. */
export function PasswordPanel() {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: { currentPassword: '', newPassword: '' },
    validate: schemaResolver(routes.changePassword.body, { sync: true }),
  });
  const change = useAccountMutation(routes.changePassword, () => {
    form.reset();
    notifyDone(t('settings.passwordChanged'));
  });
  return (
    <Panel title={t('settings.password')} description={t('settings.passwordHint')}>
      <form onSubmit={form.onSubmit((body) => change.mutate({ body }))} noValidate>
        <Stack>
          {change.error && <ErrorNotice error={change.error} />}
          <PasswordInput
            label={t('settings.currentPassword')}
            autoComplete="current-password"
            {...form.getInputProps('currentPassword')}
          />
          <PasswordInput
            label={t('settings.newPassword')}
            description={t('account.passwordHint')}
            autoComplete="new-password"
            {...form.getInputProps('newPassword')}
          />
          <Group justify="flex-end">
            <Button type="submit" variant="default" loading={change.isPending}>
              {t('settings.changePassword')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
