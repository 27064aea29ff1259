import { IconInbox } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { routes, type InboxView } from '@docent/contracts';
import { useApiQuery } from '../../api/queries';
import { useCan, useWorkspace } from '../../api/workspace';
import { EmptyState } from '../../ui/empty-state';
import { ButtonLink } from '../../ui/links';

/** Lists that only fill where visitors can reach a person. */
const ofPeople: InboxView[] = ['waiting', 'unassigned', 'mine'];

/** A list without a conversation, and what one can do so that it gets some. */
export function EmptyList({ view }: { view: InboxView }) {
  const { t } = useTranslation();
  return (
    <EmptyState icon={IconInbox} title={t(`inbox.empty.${view}`)} action={<NextStep view={view} />}>
      {t(`inbox.emptyText.${view}`)}
    </EmptyState>
  );
}

/** For those who may change bots: a bot is made where there is none, people are switched on, the chat is put on a website. */
function NextStep({ view }: { view: InboxView }) {
  const { t } = useTranslation();
  const workspaceId = useWorkspace().id;
  const mayChange = useCan('admin');
  const bot = useApiQuery(routes.listBots, {}).data?.items;
  const isWithPeople = useHasPeople(ofPeople.includes(view) ? bot?.[0]?.id : undefined);
  const counts = useApiQuery(routes.countInbox, {}).data;
  const hasAny = counts && counts.all + counts.snoozed > 0;
  if (!bot || !mayChange) return null;
  const [first] = bot;
  const look = { variant: 'default', size: 'sm' } as const;
  if (!first)
    return (
      <ButtonLink to="/w/$workspaceId/bots" params={{ workspaceId }} {...look}>
        {t('inbox.nextStep.bot')}
      </ButtonLink>
    );
  const params = { workspaceId, botId: first.id };
  if (isWithPeople === false)
    return (
      <ButtonLink to="/w/$workspaceId/bots/$botId/people" params={params} {...look}>
        {t('inbox.nextStep.people')}
      </ButtonLink>
    );
  // Where people chat already, an empty list is good news.
  if (hasAny !== false) return null;
  return (
    <ButtonLink to="/w/$workspaceId/bots/$botId/widget" params={params} {...look}>
      {t('inbox.nextStep.widget')}
    </ButtonLink>
  );
}

/** Undefined while that is not known, or not asked. */
function useHasPeople(botId: string | undefined): boolean | undefined {
  const settings = useApiQuery(routes.getHandoverSettings, { params: { botId: botId ?? '' } }, { enabled: botId !== undefined });
  return botId === undefined ? undefined : settings.data?.enabled;
}
