import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { inboxViews, routes } from '@docent/contracts';
import { useApiQuery } from '../../api/queries';
import { useWorkspace } from '../../api/workspace';
import { useFormat } from '../../ui/format';
import { firstView } from './inbox-search';
import classes from './inbox-list.module.css';

/** The lists of the inbox with how many conversations each holds. */
export function InboxViews() {
  const { t } = useTranslation();
  const format = useFormat();
  const workspaceId = useWorkspace().id;
  const search = useSearch({ from: '/w/$workspaceId/inbox' });
  const counts = useApiQuery(routes.countInbox, { query: { botId: search.botId } });
  const chosen = search.view ?? firstView;
  return (
    <nav aria-label={t('inbox.views')} className={classes.views}>
      {inboxViews.map((view) => (
        <Link
          key={view}
          to="/w/$workspaceId/inbox"
          params={{ workspaceId }}
          search={(before) => ({ ...before, view })}
          className={classes.view}
          activeProps={{}}
          aria-current={view === chosen ? 'page' : undefined}
          data-waiting={view === 'waiting' && (counts.data?.waiting ?? 0) > 0 ? true : undefined}
        >
          {t(`inbox.view.${view}`)}
          {counts.data && <span className={classes.count}>{format.compact(counts.data[view])}</span>}
        </Link>
      ))}
    </nav>
  );
}
