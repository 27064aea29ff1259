import { useState, type FormEvent } from 'react';
import { ActionIcon, Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconLock, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { routes, type Bot } from '@docent/contracts';
import { useApiMutation } from '../../api/queries';
import { ErrorNotice } from '../../ui/error-notice';
import { Panel } from '../../ui/panel';
import { suggestOrigin } from './suggest-origin';
import classes from './widget.module.css';

/** The websites that may use the bot. None at first: a bot is closed until its owner opens it. */
export function AllowedDomains({ bot, mayChange, onAdded }: { bot: Bot; mayChange: boolean; onAdded?: () => void }) {
  const { t } = useTranslation();
  const save = useApiMutation(routes.updateBot, { stale: [routes.listBots, routes.getBot] });
  const replace = (allowedOrigins: string[], onSuccess?: () => void) =>
    save.mutate({ params: { botId: bot.id }, body: { allowedOrigins } }, { onSuccess });
  return (
    <Panel title={t('widget.domains')} description={t('widget.domainsHint')}>
      <Stack>
        {save.error && <ErrorNotice error={save.error} />}
        {bot.allowedOrigins.length === 0 ? (
          <Alert color="gray" icon={<IconLock />}>
            {t('widget.closed')}
          </Alert>
        ) : (
          <ul className={classes.domains}>
            {bot.allowedOrigins.map((origin) => (
              <li key={origin} className={classes.domain}>
                {origin}
                {mayChange && (
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t('widget.removeDomain', { origin })}
                    disabled={save.isPending}
                    onClick={() => replace(bot.allowedOrigins.filter((other) => other !== origin))}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                )}
              </li>
            ))}
          </ul>
        )}
        {mayChange && (
          <AddDomain
            known={bot.allowedOrigins}
            isSaving={save.isPending}
            onAdd={(origin, done) =>
              replace([...bot.allowedOrigins, origin], () => {
                done();
                onAdded?.();
              })
            }
          />
        )}
      </Stack>
    </Panel>
  );
}

interface AddDomainProps {
  known: readonly string[];
  isSaving: boolean;
  onAdd: (origin: string, done: () => void) => void;
}

function AddDomain({ known, isSaving, onAdd }: AddDomainProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const origin = suggestOrigin(typed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!origin) return setProblem(t('widget.notAnOrigin'));
    if (known.includes(origin)) return setProblem(t('widget.alreadyAllowed'));
    onAdd(origin, () => setTyped(''));
  };
  return (
    <form onSubmit={submit} noValidate>
      <Group align="flex-start" gap="xs">
        <TextInput
          flex="1 1 260px"
          aria-label={t('widget.domain')}
          placeholder="https://www.example.com"
          inputMode="url"
          autoCapitalize="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setProblem(null);
          }}
          error={problem}
        />
        <Button type="submit" variant="default" loading={isSaving}>
          {t('widget.allow')}
        </Button>
      </Group>
      {origin && origin !== typed.trim() && !problem && (
        <Text size="xs" c="dimmed" mt={6}>
          {t('widget.willAllow', { origin })}
        </Text>
      )}
    </form>
  );
}
