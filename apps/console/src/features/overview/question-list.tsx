import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../api/workspace';
import classes from './overview.module.css';

interface QuestionListProps {
  questions: { question: string; count: number }[];
  /** Said where there are no questions. */
  none: string;
  filter?: 'unanswered';
}

/** Questions with how often they were asked; each leads to its conversations. */
export function QuestionList({ questions, none, filter }: QuestionListProps) {
  const { t } = useTranslation();
  const workspaceId = useWorkspace().id;
  if (questions.length === 0) {
    return (
      <Text size="sm" c="dimmed" px={20} pb={22}>
        {none}
      </Text>
    );
  }
  return (
    <ol className={classes.questions}>
      {questions.map(({ question, count }) => (
        <li key={question}>
          <Link
            className={classes.question}
            to="/w/$workspaceId/conversations"
            params={{ workspaceId }}
            search={{ search: question.slice(0, 200), unanswered: filter === 'unanswered' ? true : undefined }}
          >
            <span className={classes.words}>{question}</span>
            <span className={classes.count}>{t('overview.times', { count })}</span>
          </Link>
        </li>
      ))}
    </ol>
  );
}
