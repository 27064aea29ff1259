import { Button, Stack, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Name, routes } from '@docent/contracts';
import { meQuery, useAccountMutation } from '../../api/account';
import { ErrorNotice } from '../../ui/error-notice';
import { AuthLayout } from './auth-layout';

/** Another workspace for the same person. */
export function NewWorkspacePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const create = useAccountMutation(routes.createWorkspace, (workspace) => {
    queryClient.setQueryData(meQuery.queryKey, (me) => me && { ...me, workspaces: [...me.workspaces, workspace] });
    void navigate({ to: '/w/$workspaceId/setup', params: { workspaceId: workspace.id } });
  });
  const form = useForm({ initialValues: { name: '' }, validate: schemaResolver(z.object({ name: Name }), { sync: true }) });
  return (
    <AuthLayout title={t('shell.newWorkspace')}>
      <form onSubmit={form.onSubmit((body) => create.mutate({ body }))} noValidate>
        <Stack>
          {create.error && <ErrorNotice error={create.error} />}
          <TextInput
            label={t('account.workspaceName')}
            description={t('account.workspaceHint')}
            autoFocus
            {...form.getInputProps('name')}
          />
          <Button type="submit" loading={create.isPending}>
            {t('shell.createWorkspace')}
          </Button>
        </Stack>
      </form>
    </AuthLayout>
  );
}
