import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../api/workspace';
import { TextLink } from '../../ui/links';
import classes from './composer.module.css';
import type { CannedReplies } from './use-canned-replies';

type CannedReplyListProps = Pick<CannedReplies, 'matches' | 'active' | 'listId' | 'choose' | 'isEmpty'>;

/** The prepared replies that fit what stands after the `/`. The focus stays in the text field. */
export function CannedReplyList({ matches, active, listId, choose, isEmpty }: CannedReplyListProps) {
  const { t } = useTranslation();
  const workspaceId = useWorkspace().id;
  return (
    // A press would take the focus out of the text field before the click.
    <div className={classes.canned} onMouseDown={(event) => event.preventDefault()}>
      <div role="listbox" id={listId} aria-label={t('inbox.cannedReplies')}>
        {matches.map((reply, index) => (
          <div
            key={reply.id}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === active}
            className={classes.cannedOption}
            onClick={() => choose(reply)}
          >
            <strong>/{reply.shortcut}</strong>
            <span>{reply.text}</span>
          </div>
        ))}
      </div>
      {matches.length === 0 && (
        <Text size="xs" c="dimmed" p="xs" role="status">
          {isEmpty ? t('inbox.noCanned') : t('inbox.noCannedMatch')}{' '}
          <TextLink to="/w/$workspaceId/prepared-replies" params={{ workspaceId }} size="xs">
            {t('inbox.manageCanned')}
          </TextLink>
        </Text>
      )}
    </div>
  );
}
