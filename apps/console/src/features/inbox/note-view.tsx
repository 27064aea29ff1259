import { IconNote } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Note } from '@docent/contracts';
import { useFormat } from '../../ui/format';
import classes from './conversation.module.css';

/** What members tell each other; looks like a slip of paper, so that nobody takes it for something that the visitor reads. */
export function NoteView({ note }: { note: Note }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={classes.note} role="note" aria-label={t('inbox.noteBy', { name: note.author.name })}>
      <p>{note.text}</p>
      <p className={classes.noteFoot}>
        <IconNote size={14} aria-hidden /> {t('inbox.noteBy', { name: note.author.name })} ·{' '}
        <time dateTime={note.at} title={format.dateTime(note.at)}>
          {format.time(note.at)}
        </time>
      </p>
    </div>
  );
}
