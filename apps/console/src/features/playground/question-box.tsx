import { useState, type FormEvent, type KeyboardEvent } from 'react';
import { ActionIcon, Textarea } from '@mantine/core';
import { IconArrowUp, IconPlayerStopFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './playground.module.css';

interface QuestionBoxProps {
  /** Resolves to false when the question was refused; it then stays in the box. */
  onAsk: (text: string) => Promise<boolean>;
  /** Given while an answer is being written. */
  onStop?: () => void;
  isWaiting: boolean;
}

/** Where the question is written: Enter sends, Shift+Enter begins a new line. */
export function QuestionBox({ onAsk, onStop, isWaiting }: QuestionBoxProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const submit = async () => {
    const question = text.trim();
    if (!question || isWaiting) return;
    setText('');
    if (!(await onAsk(question))) setText(question);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void submit();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void submit();
  };
  return (
    <form className={classes.ask} onSubmit={onSubmit}>
      <Textarea
        aria-label={t('playground.question')}
        placeholder={t('playground.placeholder')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        maxLength={4000}
        autosize
        minRows={1}
        maxRows={6}
        flex={1}
      />
      {onStop ? (
        <ActionIcon size={36} variant="default" onClick={onStop} aria-label={t('playground.stop')}>
          <IconPlayerStopFilled size={16} />
        </ActionIcon>
      ) : (
        <ActionIcon size={36} type="submit" aria-label={t('playground.ask')} disabled={!text.trim() || isWaiting}>
          <IconArrowUp size={18} />
        </ActionIcon>
      )}
    </form>
  );
}
