import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react';
import { IconFilterOff } from '@tabler/icons-react';
import { useSearch } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useTranslation } from 'react-i18next';
import { routes, type InboxItem } from '@docent/contracts';
import { useApiPages } from '../../api/queries';
import { useWorkspace } from '../../api/workspace';
import { EmptyState } from '../../ui/empty-state';
import { ButtonLink } from '../../ui/links';
import { QueryState } from '../../ui/query-state';
import { EmptyList } from './empty-list';
import { InboxEntry } from './inbox-entry';
import { firstView } from './inbox-search';
import classes from './inbox-list.module.css';

interface InboxListProps {
  openId: string | undefined;
  /** The element that scrolls. */
  scroll: RefObject<HTMLDivElement | null>;
}

/** The chosen list, latest message first. Older ones are read as one scrolls towards them. */
export function InboxList({ openId, scroll }: InboxListProps) {
  const search = useSearch({ from: '/w/$workspaceId/inbox' });
  const view = search.view ?? firstView;
  const pages = useApiPages(routes.listInbox, { query: { ...search, view, limit: 50 } });
  const items = pages.data?.pages.flatMap((page) => page.items);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  const readMore = () => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  };
  return (
    <QueryState query={{ ...pages, data: items }}>
      {(conversations) =>
        conversations.length === 0 ? (
          <NoneFound />
        ) : (
          <Rows items={conversations} hasMore={hasNextPage} onEnd={readMore} openId={openId} scroll={scroll} />
        )
      }
    </QueryState>
  );
}

/** Entries begin as high as this; each is measured when it is drawn. */
const usualHeight = 92;
const readAheadRows = 8;

interface RowsProps extends InboxListProps {
  items: InboxItem[];
  hasMore: boolean;
  /** Called when the last entries come into sight. */
  onEnd: () => void;
}

/** Draws only what can be seen; screen readers are told the whole length, and arrow keys reach what is not drawn yet. */
function Rows({ items, hasMore, onEnd, openId, scroll }: RowsProps) {
  const { t } = useTranslation();
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer is not to be memoised; nothing here is
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => usualHeight,
    getItemKey: (index) => items[index]!.id,
    overscan: readAheadRows,
  });
  const rows = virtualizer.getVirtualItems();
  const isNearEnd = (rows.at(-1)?.index ?? 0) >= items.length - readAheadRows;
  const reachEnd = useRef(onEnd);
  useEffect(() => {
    reachEnd.current = onEnd;
    if (isNearEnd) reachEnd.current();
  });
  const moveFocus = (event: KeyboardEvent<HTMLUListElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const from = (event.target as HTMLElement).closest<HTMLElement>('[data-index]')?.dataset.index;
    if (!step || from === undefined) return;
    const next = Math.min(Math.max(Number(from) + step, 0), items.length - 1);
    event.preventDefault();
    virtualizer.scrollToIndex(next);
    const list = event.currentTarget;
    requestAnimationFrame(() => list.querySelector<HTMLElement>(`[data-index="${next}"] a`)?.focus());
  };
  return (
    <ul
      className={classes.rows}
      aria-label={t('inbox.list')}
      style={{ height: virtualizer.getTotalSize() }}
      onKeyDown={moveFocus}
    >
      {rows.map((row) => {
        const item = items[row.index]!;
        return (
          <li
            key={row.key}
            ref={virtualizer.measureElement}
            data-index={row.index}
            className={classes.row}
            style={{ transform: `translateY(${row.start}px)` }}
            aria-setsize={hasMore ? -1 : items.length}
            aria-posinset={row.index + 1}
          >
            <InboxEntry item={item} isOpen={item.id === openId} />
          </li>
        );
      })}
    </ul>
  );
}

function NoneFound() {
  const { t } = useTranslation();
  const { view, ...filters } = useSearch({ from: '/w/$workspaceId/inbox' });
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  const workspaceId = useWorkspace().id;
  const showAll = (
    <ButtonLink to="/w/$workspaceId/inbox" params={{ workspaceId }} search={{ view }} variant="default" size="sm">
      {t('conversations.showAll')}
    </ButtonLink>
  );
  return isFiltered ? (
    <EmptyState icon={IconFilterOff} title={t('conversations.noMatch')} action={showAll}>
      {t('conversations.noMatchText')}
    </EmptyState>
  ) : (
    <EmptyList view={view ?? firstView} />
  );
}
