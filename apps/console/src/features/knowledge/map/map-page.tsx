import { Skeleton } from '@mantine/core';
import { IconMap2 } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { routes } from '@docent/contracts';
import { useApiQuery } from '../../../api/queries';
import { EmptyState } from '../../../ui/empty-state';
import { ButtonLink } from '../../../ui/links';
import { Panel } from '../../../ui/panel';
import { QueryState } from '../../../ui/query-state';
import { MapWithGaps } from './map-with-gaps';

/** The tab "Map" of a bot: what it knows and what visitors ask, by meaning. */
export function MapPage() {
  const { t } = useTranslation();
  const params = useParams({ from: '/w/$workspaceId/bots/$botId/map' });
  const map = useApiQuery(routes.meaningMap, { params: { botId: params.botId } });
  return (
    <QueryState query={map} loading={<Skeleton height={560} radius="lg" />}>
      {(found) =>
        found.passages === 0 && found.questions.length === 0 ? (
          <Panel flush>
            <EmptyState
              icon={IconMap2}
              title={t('map.empty')}
              action={
                <ButtonLink to="/w/$workspaceId/bots/$botId/knowledge" params={params} variant="default" size="sm">
                  {t('map.addKnowledge')}
                </ButtonLink>
              }
            >
              {t('map.emptyText')}
            </EmptyState>
          </Panel>
        ) : (
          <MapWithGaps key={params.botId} botId={params.botId} map={found} />
        )
      }
    </QueryState>
  );
}
