import { useParams } from '@tanstack/react-router';
import { Playground } from './playground';

/** The tab "Playground" of a bot. */
export function PlaygroundPage() {
  const { botId } = useParams({ from: '/w/$workspaceId/bots/$botId/playground' });
  return <Playground key={botId} botId={botId} />;
}
