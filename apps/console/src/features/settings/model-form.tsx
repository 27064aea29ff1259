import { Alert, Button, Group, PasswordInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ModelProvider, routes, UpdateModelSettings, type ModelSettings } from '@docent/contracts';
import { useApiMutation } from '../../api/queries';
import { ErrorNotice } from '../../ui/error-notice';
import { useFormat } from '../../ui/format';
import { notifyDone, notifyFailed } from '../../ui/notify';

interface Values {
  provider: ModelProvider;
  model: string;
  baseUrl: string;
  /** Empty leaves the stored key as it is. */
  apiKey: string;
}

const examples: Record<ModelProvider, string> = {
  none: '',
  openai: 'gpt-5-mini',
  anthropic: 'claude-sonnet-4-5',
  google: 'gemini-2.5-flash',
};

/** Provider, model, address and key. The key can be written but never read back. */
export function ModelForm({ settings }: { settings: ModelSettings }) {
  const { t } = useTranslation();
  const save = useApiMutation(routes.updateModelSettings, {
    stale: [routes.getModelSettings],
    onSuccess: () => notifyDone(t('common.saved')),
  });
  const reset = useApiMutation(routes.resetModelSettings, {
    stale: [routes.getModelSettings],
    onSuccess: () => notifyDone(t('settings.isReset')),
  });
  const test = useApiMutation(routes.testModelSettings);
  const check = schemaResolver(UpdateModelSettings, { sync: true });
  const form = useForm<Values>({
    initialValues: { provider: settings.provider, model: settings.model, baseUrl: settings.baseUrl, apiKey: '' },
    validate: (values) => ({
      ...check(toBody(values)),
      ...(values.provider !== 'none' && !values.model.trim() ? { model: t('settings.modelNeeded') } : {}),
    }),
    onValuesChange: () => test.reset(),
  });
  const { provider } = form.values;
  const runTest = form.onSubmit((values) => test.mutate({ body: toBody(values) }));
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate({ body: toBody(values) }))} noValidate>
      <Stack>
        {save.error && <ErrorNotice error={save.error} />}
        {settings.from === 'installation' && (
          <Text size="sm" c="dimmed">
            {t('settings.fromInstallation')}
          </Text>
        )}
        <Select
          label={t('settings.provider')}
          data={ModelProvider.options.map((value) => ({ value, label: t(`settings.providers.${value}`) }))}
          allowDeselect={false}
          {...form.getInputProps('provider')}
        />
        {provider === 'none' ? (
          <Text size="sm" c="dimmed">
            {t('settings.noneText')}
          </Text>
        ) : (
          <>
            <TextInput
              label={t('settings.modelName')}
              placeholder={examples[provider]}
              spellCheck={false}
              {...form.getInputProps('model')}
            />
            {provider === 'openai' && (
              <TextInput
                label={t('settings.baseUrl')}
                description={t('settings.baseUrlHint')}
                placeholder="https://api.openai.com/v1"
                spellCheck={false}
                {...form.getInputProps('baseUrl')}
              />
            )}
            <PasswordInput
              label={t('settings.apiKey')}
              description={settings.hasApiKey ? t('settings.keyStored') : t('settings.keySealed')}
              placeholder={settings.hasApiKey ? '••••••••••••' : undefined}
              autoComplete="off"
              {...form.getInputProps('apiKey')}
            />
          </>
        )}
        {test.error && <ErrorNotice error={test.error} />}
        {test.data && <TestResult ok={test.data.ok} message={test.data.message} firstTokenMs={test.data.firstTokenMs} />}
        <Group justify="space-between">
          {settings.from === 'workspace' ? (
            <Button
              variant="subtle"
              color="gray"
              loading={reset.isPending}
              onClick={() => reset.mutate({}, { onError: notifyFailed })}
            >
              {t('settings.reset')}
            </Button>
          ) : (
            <span />
          )}
          <Group gap="xs">
            {provider !== 'none' && (
              <Button variant="default" loading={test.isPending} onClick={() => runTest()}>
                {t('settings.test')}
              </Button>
            )}
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
              {t('common.save')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

function TestResult({ ok, message, firstTokenMs }: { ok: boolean; message: string; firstTokenMs: number | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Alert
      color={ok ? 'teal' : 'red'}
      variant="light"
      icon={ok ? <IconCheck /> : <IconX />}
      role="status"
      title={ok ? t('settings.testWorks') : t('settings.testFailed')}
    >
      {message}
      {firstTokenMs !== null && ` ${t('settings.firstToken', { ms: format.number(Math.round(firstTokenMs)) })}`}
    </Alert>
  );
}

function toBody({ provider, model, baseUrl, apiKey }: Values) {
  if (provider === 'none') return { provider };
  return { provider, model: model.trim(), baseUrl: provider === 'openai' ? baseUrl.trim() : '', ...(apiKey ? { apiKey } : {}) };
}
