import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { routes, UpdateBot, type Bot } from '@docent/contracts';
import { useApiMutation, useApiQuery } from '../../api/queries';
import { useCan, useWorkspace } from '../../api/workspace';
import { useConfirm } from '../../ui/confirm';
import { ErrorNotice } from '../../ui/error-notice';
import { placeErrors } from '../../ui/form-errors';
import { notifyDone, notifyFailed } from '../../ui/notify';
import { Panel } from '../../ui/panel';
import { QueryState } from '../../ui/query-state';

/** The tab "Settings" of a bot. */
export function BotSettingsPage() {
  const { botId } = useParams({ from: '/w/$workspaceId/bots/$botId/settings' });
  const bot = useApiQuery(routes.getBot, { params: { botId } });
  const mayChange = useCan('admin');
  return (
    <QueryState query={bot}>
      {(found) => (
        <Stack gap="lg" maw={760}>
          <BotForm key={found.id} bot={found} mayChange={mayChange} />
          {mayChange && <DeleteBot bot={found} />}
        </Stack>
      )}
    </QueryState>
  );
}

function BotForm({ bot, mayChange }: { bot: Bot; mayChange: boolean }) {
  const { t } = useTranslation();
  const save = useApiMutation(routes.updateBot, { stale: [routes.listBots, routes.getBot] });
  const form = useForm({
    initialValues: { name: bot.name, instructions: bot.instructions, limitMessage: bot.limitMessage },
    validate: schemaResolver(UpdateBot, { sync: true }),
  });
  const submit = form.onSubmit((body) =>
    save.mutate(
      { params: { botId: bot.id }, body },
      {
        onSuccess: () => (form.resetDirty(body), notifyDone(t('common.saved'))),
        onError: (error) => void placeErrors(form, error),
      },
    ),
  );
  return (
    <Panel title={t('bots.settings')}>
      <form onSubmit={submit} noValidate>
        <Stack>
          {!mayChange && <Text c="dimmed">{t('common.notAllowed')}</Text>}
          {save.error && <ErrorNotice error={save.error} />}
          <TextInput label={t('common.name')} disabled={!mayChange} {...form.getInputProps('name')} />
          <Textarea
            label={t('bots.instructions')}
            description={t('bots.instructionsHint')}
            placeholder={t('bots.instructionsPlaceholder')}
            autosize
            minRows={4}
            maxRows={14}
            disabled={!mayChange}
            {...form.getInputProps('instructions')}
          />
          <Textarea
            label={t('bots.limitMessage')}
            description={t('bots.limitMessageHint')}
            placeholder={t('bots.limitMessagePlaceholder')}
            autosize
            minRows={2}
            disabled={!mayChange}
            {...form.getInputProps('limitMessage')}
          />
          {mayChange && (
            <Group justify="flex-end">
              <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
                {t('common.save')}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Panel>
  );
}

function DeleteBot({ bot }: { bot: Bot }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const workspaceId = useWorkspace().id;
  const confirm = useConfirm();
  const remove = useApiMutation(routes.deleteBot, {
    stale: [routes.listBots, routes.usage, routes.overview],
    onSuccess: () => void navigate({ to: '/w/$workspaceId/bots', params: { workspaceId } }),
  });
  const ask = () =>
    confirm({
      title: t('bots.deleteTitle', { name: bot.name }),
      children: t('bots.deleteText'),
      confirm: t('bots.delete'),
      onConfirm: () => remove.mutate({ params: { botId: bot.id } }, { onError: notifyFailed }),
    });
  return (
    <Panel title={t('bots.delete')} description={t('bots.deleteHint')} tone="danger">
      <Button color="red" variant="light" loading={remove.isPending} onClick={ask}>
        {t('bots.delete')}
      </Button>
    </Panel>
  );
}
