import { useParams } from '@tanstack/react-router';
import { KnowledgePanel } from './knowledge-panel';

/** The tab "Knowledge" of a bot. */
export function KnowledgePage() {
  const { botId } = useParams({ from: '/w/$workspaceId/bots/$botId/knowledge' });
  return <KnowledgePanel key={botId} botId={botId} />;
}
