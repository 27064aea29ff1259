import { SegmentedControl } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Playground } from './playground';
import classes from './playground.module.css';
import { SearchLook } from './search-look';

const from = '/w/$workspaceId/bots/$botId/playground';

/** The tab "Playground" of a bot: asking it, or looking at what its search finds. */
export function PlaygroundPage() {
  const { t } = useTranslation();
  const { botId } = useParams({ from });
  const { look, question } = useSearch({ from });
  const navigate = useNavigate({ from });
  const show = (wanted: string) => void navigate({ search: { look: wanted === 'search' ? 'search' : undefined } });
  const isSearch = look === 'search';
  return (
    <div className={classes.page}>
      <SegmentedControl
        className={classes.looks}
        aria-label={t('playground.look')}
        data={[
          { value: 'chat', label: t('playground.chat') },
          { value: 'search', label: t('playground.search') },
        ]}
        value={isSearch ? 'search' : 'chat'}
        onChange={show}
      />
      {/* The conversation goes on while the search is looked at. */}
      <div hidden={isSearch}>
        <Playground key={botId} botId={botId} />
      </div>
      {isSearch && (
        <SearchLook
          key={botId}
          botId={botId}
          question={question ?? ''}
          onAsk={(asked) => void navigate({ search: { look: 'search', question: asked } })}
        />
      )}
    </div>
  );
}
