import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { routes } from '@docent/contracts';
import { useApiQuery } from '../../api/queries';
import { Panel } from '../../ui/panel';
import { QueryState } from '../../ui/query-state';
import { ModelForm } from './model-form';

/** Which language model answers. */
export function ModelPanel() {
  const { t } = useTranslation();
  const settings = useApiQuery(routes.getModelSettings, {});
  return (
    <Panel title={t('settings.model')} description={t('settings.modelHint')}>
      <QueryState query={settings} loading={<Skeleton height={180} />}>
        {(found) => <ModelForm key={`${found.from}-${found.provider}-${found.hasApiKey}`} settings={found} />}
      </QueryState>
    </Panel>
  );
}
