import { useState } from 'react';
import { Button, Modal, SimpleGrid, Skeleton } from '@mantine/core';
import { IconPlus, IconRobot } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { routes } from '@docent/contracts';
import { useApiQuery } from '../../api/queries';
import { useCan, useWorkspace } from '../../api/workspace';
import { EmptyState } from '../../ui/empty-state';
import { Page } from '../../ui/page';
import { Panel } from '../../ui/panel';
import { QueryState } from '../../ui/query-state';
import { BotCard } from './bot-card';
import { CreateBotForm } from './create-bot-form';

/** All bots of the workspace. */
export function BotsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const workspaceId = useWorkspace().id;
  const bots = useApiQuery(routes.listBots, {});
  const mayCreate = useCan('admin');
  const [isOpen, setIsOpen] = useState(false);
  const create = mayCreate && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setIsOpen(true)}>
      {t('bots.new')}
    </Button>
  );
  return (
    <Page title={t('bots.title')} description={t('bots.description')} actions={bots.data && bots.data.items.length > 0 && create}>
      <QueryState query={bots} loading={<BotsSkeleton />}>
        {({ items }) =>
          items.length === 0 ? (
            <Panel>
              <EmptyState icon={IconRobot} title={t('bots.none')} action={create}>
                {t('bots.noneText')}
              </EmptyState>
            </Panel>
          ) : (
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
              {items.map((bot) => (
                <BotCard key={bot.id} bot={bot} />
              ))}
            </SimpleGrid>
          )
        }
      </QueryState>
      <Modal
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        title={t('bots.new')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <CreateBotForm
          onCreated={(bot) => {
            setIsOpen(false);
            void navigate({ to: '/w/$workspaceId/bots/$botId/knowledge', params: { workspaceId, botId: bot.id } });
          }}
        />
      </Modal>
    </Page>
  );
}

function BotsSkeleton() {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
      <Skeleton height={112} radius="lg" />
      <Skeleton height={112} radius="lg" />
    </SimpleGrid>
  );
}
