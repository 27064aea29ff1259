import { useRef } from 'react';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ListAndDetail } from '../../ui/list-and-detail';
import { AlertMenu } from './alert-menu';
import { InboxFilters } from './inbox-filters';
import { InboxList } from './inbox-list';
import { InboxViews } from './inbox-views';

/** The lists beside the conversation that is open. */
export function InboxPage() {
  const { t } = useTranslation();
  const { conversationId } = useParams({ strict: false });
  const scroll = useRef<HTMLDivElement>(null);
  const above = (
    <>
      <InboxViews />
      <InboxFilters />
    </>
  );
  return (
    <ListAndDetail
      title={t('inbox.title')}
      action={<AlertMenu />}
      isOpen={conversationId !== undefined}
      above={above}
      scroll={scroll}
    >
      <InboxList openId={conversationId} scroll={scroll} />
    </ListAndDetail>
  );
}
