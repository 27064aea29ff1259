import { useCallback, useEffect, useRef, type ReactNode } from 'react';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { routes, type InboxItem } from '@docent/contracts';
import { useApiQuery } from '../../api/queries';
import { useCan, useWorkspace } from '../../api/workspace';
import { TitleBadge } from '../../ui/page-title';
import { alertChoices } from './alert-choices';
import { findNews, type News } from './find-news';
import { playChime } from './play-chime';
import { useIsMe } from './use-myself';

/** How many visitors wait for a person, or for an answer of this member; 0 for those who may not answer. */
export function useAttention(): number {
  const mayAnswer = useCan('agent');
  const { waiting, mine } = useWatchedLists(mayAnswer);
  return mayAnswer ? waiting.length + mine.filter(({ unread }) => unread > 0).length : 0;
}

/** Keeps watch on every page: number in the title, sound, and a notification while the page cannot be seen. */
export function InboxAlerts({ children }: { children: ReactNode }) {
  return (
    <TitleBadge count={useAttention()}>
      {useCan('agent') && <Watch />}
      {children}
    </TitleBadge>
  );
}

function Watch() {
  const { conversationId } = useParams({ strict: false });
  const isMe = useIsMe();
  const tell = useTell();
  const { waiting, mine, isRead } = useWatchedLists(true);
  const before = useRef<InboxItem[] | undefined>(undefined);
  useEffect(() => {
    if (!isRead) return;
    const now = [...waiting, ...mine];
    const news = findNews(before.current, now, ({ assignee }) => isMe(assignee));
    before.current = now;
    // What is open before one's eyes needs no bell.
    const unseen = news.filter(
      ({ item }) => item.id !== conversationId || document.visibilityState !== 'visible' || !document.hasFocus(),
    );
    if (unseen.length > 0) tell(unseen);
  }, [waiting, mine, isRead, isMe, conversationId, tell]);
  return null;
}

const none: InboxItem[] = [];
const mostWatched = 30;

function useWatchedLists(enabled: boolean) {
  const waiting = useApiQuery(routes.listInbox, { query: { view: 'waiting', limit: mostWatched } }, { enabled });
  const mine = useApiQuery(routes.listInbox, { query: { view: 'mine', limit: mostWatched } }, { enabled });
  return {
    waiting: waiting.data?.items ?? none,
    mine: mine.data?.items ?? none,
    isRead: waiting.data !== undefined && mine.data !== undefined,
  };
}

function useTell(): (news: News[]) => void {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const workspaceId = useWorkspace().id;
  const tell = (news: News[]) => {
    const choices = alertChoices();
    if (choices.sound) playChime();
    if (!choices.notifications || document.visibilityState === 'visible' || Notification.permission !== 'granted') return;
    for (const { kind, item } of news) {
      const title = t(`inbox.news.${kind}`, { name: item.visitorName ?? t('inbox.aVisitor') });
      const notification = new Notification(title, { body: item.preview || item.title, tag: item.id });
      notification.onclick = () => {
        window.focus();
        notification.close();
        void navigate({ to: '/w/$workspaceId/inbox/$conversationId', params: { workspaceId, conversationId: item.id } });
      };
    }
  };
  const latest = useRef(tell);
  useEffect(() => {
    latest.current = tell;
  });
  return useCallback((news) => latest.current(news), []);
}
