import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ListAndDetail } from '../../ui/list-and-detail';
import { ConversationFilters } from './conversation-filters';
import { ConversationList } from './conversation-list';

/** All conversations beside the one that is open. */
export function ConversationsPage() {
  const { t } = useTranslation();
  const { conversationId } = useParams({ strict: false });
  return (
    <ListAndDetail
      title={t('conversations.title')}
      description={t('conversations.description')}
      isOpen={conversationId !== undefined}
      above={<ConversationFilters />}
    >
      <ConversationList openId={conversationId} />
    </ListAndDetail>
  );
}
