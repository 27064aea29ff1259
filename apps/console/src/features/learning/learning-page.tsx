import { Stack } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { LearningPanel } from './learning-panel';
import { TestQuestionPanel } from './test-question-panel';

/** The tab "Learning" of a bot: what its search learned from its knowledge, and the questions by which that is judged. */
export function LearningPage() {
  const { botId } = useParams({ from: '/w/$workspaceId/bots/$botId/learning' });
  return (
    <Stack gap="lg" maw={860} key={botId}>
      <LearningPanel botId={botId} />
      <TestQuestionPanel botId={botId} />
    </Stack>
  );
}
