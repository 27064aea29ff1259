import { useState } from 'react';
import { Autocomplete, CloseButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { routes, type ConversationDetails } from '@docent/contracts';
import { useApiQuery } from '../../api/queries';
import { useCan } from '../../api/workspace';
import { useMoves } from './use-moves';

const longest = 80;

/** What the conversation is about: drawn from the cited sources, which the field says, until a member writes something else. */
export function TopicField({ details }: { details: ConversationDetails }) {
  const { t } = useTranslation();
  const { id, botId, topic } = details.conversation;
  const moves = useMoves(id);
  const known = useApiQuery(routes.listTopics, { query: { botId } });
  const [written, setWritten] = useState<string | null>(null);
  const save = (name: string) => {
    setWritten(null);
    const next = name.trim() || null;
    if (next !== (topic?.name ?? null)) moves.setTopic(next);
  };
  return (
    <Autocomplete
      label={t('inbox.topic')}
      description={topic?.from === 'sources' ? t('inbox.topicFromSources') : undefined}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      placeholder={t('inbox.topicPlaceholder')}
      data={known.data?.items.map(({ name }) => name) ?? []}
      value={written ?? topic?.name ?? ''}
      maxLength={longest}
      disabled={!useCan('agent')}
      onChange={setWritten}
      onOptionSubmit={save}
      onBlur={() => written !== null && save(written)}
      // Leaving the field saves it, and closes the list of known topics.
      onKeyDown={(event) => event.key === 'Enter' && written !== null && event.currentTarget.blur()}
      rightSection={
        topic?.from === 'member' && (
          <CloseButton size="sm" aria-label={t('inbox.topicAgain')} title={t('inbox.topicAgain')} onClick={() => save('')} />
        )
      }
    />
  );
}
