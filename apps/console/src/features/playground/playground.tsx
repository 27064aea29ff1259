import { useEffect, useRef, useState } from 'react';
import { Button, VisuallyHidden } from '@mantine/core';
import { IconPlus, IconSparkles } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../api/workspace';
import { EmptyState } from '../../ui/empty-state';
import { ErrorNotice } from '../../ui/error-notice';
import { Transcript } from '../../ui/transcript/transcript';
import { BehindTheAnswer } from './behind-the-answer';
import classes from './playground.module.css';
import { QuestionBox } from './question-box';
import { usePlayground } from './use-playground';

/** Trying a bot: the chat on one side, what was found for each answer on the other. */
export function Playground({ botId }: { botId: string }) {
  const { t } = useTranslation();
  const chat = usePlayground(botId);
  const mayAsk = useCan('agent');
  const [chosenTurnId, setChosenTurnId] = useState<string | null>(null);
  const end = useRef<HTMLDivElement>(null);
  const finished = chat.entries.filter((entry) => entry.role === 'assistant').findLast(({ status }) => status !== 'running');
  const turnId = chosenTurnId ?? finished?.turnId ?? null;
  const textLength = chat.entries.reduce((length, entry) => length + entry.text.length, 0);

  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' });
  }, [textLength, chat.entries.length]);

  const ask = (text: string) => {
    setChosenTurnId(null);
    return chat.ask(text);
  };
  const restart = () => {
    setChosenTurnId(null);
    chat.restart();
  };
  return (
    <div className={classes.playground}>
      <section className={classes.chat}>
        <div className={classes.bar}>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={restart}
            disabled={chat.entries.length === 0}
          >
            {t('playground.restart')}
          </Button>
        </div>
        <div className={classes.messages} tabIndex={0} role="region" aria-label={t('playground.conversation')}>
          {chat.entries.length === 0 && !chat.error && (
            <EmptyState icon={IconSparkles} title={t('playground.greeting')}>
              {mayAsk ? t('playground.greetingText') : t('common.notAllowed')}
            </EmptyState>
          )}
          {chat.conversationId && (
            <Transcript
              conversationId={chat.conversationId}
              botId={botId}
              entries={chat.entries}
              onInspect={setChosenTurnId}
              inspectedTurnId={turnId ?? undefined}
            />
          )}
          {chat.error && <ErrorNotice error={chat.error} />}
          <div ref={end} />
        </div>
        <VisuallyHidden role="status">
          {chat.isAnswering ? t('playground.answerStarted') : finished ? t('playground.answerDone') : ''}
        </VisuallyHidden>
        {mayAsk && <QuestionBox onAsk={ask} onStop={chat.isAnswering ? chat.stop : undefined} isWaiting={chat.isWaiting} />}
      </section>
      <BehindTheAnswer conversationId={chat.conversationId} turnId={turnId} botId={botId} />
    </div>
  );
}
