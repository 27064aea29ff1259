import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { routes } from '@docent/contracts';
import { useApiQuery } from '../api/queries';

/** Narrows a list to one bot; undefined is all of them. */
export function BotFilter({ value, onChange }: { value?: string; onChange: (botId: string | undefined) => void }) {
  const { t } = useTranslation();
  const bots = useApiQuery(routes.listBots, {});
  return (
    <Select
      aria-label={t('conversations.filterBot')}
      placeholder={t('common.allBots')}
      data={bots.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
      value={value ?? null}
      onChange={(botId) => onChange(botId ?? undefined)}
      clearable
      clearButtonProps={{ 'aria-label': t('common.allBots') }}
    />
  );
}
