import { Alert, Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { IconEyeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { routes, scopes, type Scope } from '@docent/contracts';
import { useApiMutation } from '../../api/queries';
import { CodeBlock } from '../../ui/code-block';
import { ErrorNotice } from '../../ui/error-notice';

/** Asks what the key is for, then shows its secret, once. */
export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const create = useApiMutation(routes.createApiKey, { stale: [routes.listApiKeys] });
  const form = useForm<{ name: string; scopes: Scope[] }>({
    initialValues: { name: '', scopes: ['chat', 'bots:read'] },
    validate: schemaResolver(routes.createApiKey.body, { sync: true }),
  });
  if (create.data) return <Secret secret={create.data.secret} onClose={onClose} />;
  return (
    <form onSubmit={form.onSubmit((body) => create.mutate({ body }))} noValidate>
      <Stack>
        {create.error && <ErrorNotice error={create.error} />}
        <TextInput
          label={t('common.name')}
          placeholder={t('apiKeys.namePlaceholder')}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Checkbox.Group label={t('apiKeys.scopes')} description={t('apiKeys.scopesHint')} {...form.getInputProps('scopes')}>
          <Stack gap="xs" mt="xs">
            {scopes.map((scope) => (
              <Checkbox key={scope} value={scope} label={scope} description={t(`apiKeys.scope.${scopeWords[scope]}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('apiKeys.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The catalogue separates its levels by dots and namespaces by colons, so scopes need names of their own there. */
const scopeWords = {
  chat: 'chat',
  'bots:read': 'botsRead',
  'bots:write': 'botsWrite',
  'knowledge:read': 'knowledgeRead',
  'knowledge:write': 'knowledgeWrite',
  'conversations:read': 'conversationsRead',
} as const satisfies Record<Scope, string>;

function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Stack>
      <Alert color="orange" variant="light" icon={<IconEyeOff />} role="status">
        {t('apiKeys.once')}
      </Alert>
      <CodeBlock label={t('apiKeys.secret')} code={secret} />
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('common.done')}</Button>
      </Group>
    </Stack>
  );
}
