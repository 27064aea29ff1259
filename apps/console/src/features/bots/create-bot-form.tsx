import { Button, Group, Stack, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { CreateBot, routes, type Bot } from '@docent/contracts';
import { useApiMutation } from '../../api/queries';
import { ErrorNotice } from '../../ui/error-notice';

/** A bot needs no more than a name to begin with. */
export function CreateBotForm({ onCreated }: { onCreated: (bot: Bot) => void }) {
  const { t } = useTranslation();
  const create = useApiMutation(routes.createBot, { stale: [routes.listBots, routes.usage], onSuccess: onCreated });
  const form = useForm({ initialValues: { name: '' }, validate: schemaResolver(CreateBot, { sync: true }) });
  return (
    <form onSubmit={form.onSubmit((body) => create.mutate({ body }))} noValidate>
      <Stack>
        {create.error && <ErrorNotice error={create.error} />}
        <TextInput
          label={t('common.name')}
          description={t('bots.nameHint')}
          placeholder={t('bots.namePlaceholder')}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={create.isPending}>
            {t('bots.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
