import { Alert, Button, Group, Stack, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { IconEyeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { routes, type Role } from '@docent/contracts';
import { useApiMutation } from '../../api/queries';
import { CodeBlock } from '../../ui/code-block';
import { ErrorNotice } from '../../ui/error-notice';
import { RoleSelect } from './role-select';

/** Asks whom to invite, then shows the link, once: invitations work without a mail server. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const invite = useApiMutation(routes.inviteMember, { stale: [routes.listMembers, routes.usage] });
  const form = useForm<{ email: string; role: Role }>({
    initialValues: { email: '', role: 'agent' },
    validate: schemaResolver(routes.inviteMember.body, { sync: true }),
  });
  if (invite.data) {
    return (
      <Stack>
        <Alert color="orange" variant="light" icon={<IconEyeOff />} role="status">
          {t('members.linkOnce', { email: invite.data.email })}
        </Alert>
        <CodeBlock label={t('members.link')} code={invite.data.link} />
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('common.done')}</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form onSubmit={form.onSubmit((body) => invite.mutate({ body }))} noValidate>
      <Stack>
        {invite.error && <ErrorNotice error={invite.error} />}
        <TextInput label={t('account.email')} type="email" autoComplete="off" data-autofocus {...form.getInputProps('email')} />
        <RoleSelect
          label={t('members.role')}
          value={form.values.role}
          onChange={(role) => form.setFieldValue('role', role)}
          withLabel
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={invite.isPending}>
            {t('members.makeLink')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
