import { Button, Group, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { routes } from '@docent/contracts';
import { meQuery } from '../../api/account';
import { useApiMutation } from '../../api/queries';
import { useWorkspace } from '../../api/workspace';
import { notifyDone } from '../../ui/notify';
import { Panel } from '../../ui/panel';

/** The workspace's name. */
export function WorkspacePanel() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const workspace = useWorkspace();
  const form = useForm({
    initialValues: { name: workspace.name },
    validate: schemaResolver(routes.renameWorkspace.body, { sync: true }),
  });
  const rename = useApiMutation(routes.renameWorkspace, {
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
      form.resetDirty();
      notifyDone(t('common.saved'));
    },
  });
  const submit = form.onSubmit((body) =>
    rename.mutate({ body }, { onError: (error) => form.setFieldError('name', error.message) }),
  );
  return (
    <Panel title={t('settings.workspace')}>
      <form onSubmit={submit} noValidate>
        <Group align="flex-start" gap="xs">
          <TextInput flex="1 1 260px" label={t('common.name')} {...form.getInputProps('name')} />
          <Button type="submit" mt={24} variant="default" loading={rename.isPending} disabled={!form.isDirty()}>
            {t('common.save')}
          </Button>
        </Group>
      </form>
    </Panel>
  );
}
