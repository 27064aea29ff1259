import { useState } from 'react';
import { Button, Text, TextInput } from '@mantine/core';
import { IconListSearch, IconMoodEmpty, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Passage } from '@docent/contracts';
import { useCan } from '../../api/workspace';
import { EmptyState } from '../../ui/empty-state';
import { Loading, QueryState } from '../../ui/query-state';
import { TestQuestionDialog, type TestQuestionDraft } from '../../ui/test-question-dialog';
import { RankedPassage } from './ranked-passage';
import classes from './search-look.module.css';
import { useSearchResult } from './use-search';

interface SearchLookProps {
  botId: string;
  /** Asked already; empty: nothing yet. */
  question: string;
  onAsk: (question: string) => void;
}

/** What the search finds by words, by meaning and in the end, side by side, and why. */
export function SearchLook({ botId, question, onAsk }: SearchLookProps) {
  const { t } = useTranslation();
  const result = useSearchResult(botId, question);
  return (
    <section className={classes.look} aria-label={t('playground.search')}>
      <QuestionForm key={question} question={question} onAsk={onAsk} isSearching={result.isFetching} />
      {question === '' ? (
        <EmptyState icon={IconListSearch} title={t('playground.searchTitle')}>
          {t('playground.searchText')}
        </EmptyState>
      ) : (
        <QueryState query={result} loading={<Loading lines={7} />}>
          {({ passages }) => <Found botId={botId} question={question} passages={passages} />}
        </QueryState>
      )}
    </section>
  );
}

function QuestionForm({ question, onAsk, isSearching }: Pick<SearchLookProps, 'question' | 'onAsk'> & { isSearching: boolean }) {
  const { t } = useTranslation();
  const [text, setText] = useState(question);
  return (
    <form
      className={classes.form}
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) onAsk(text.trim());
      }}
    >
      <TextInput
        aria-label={t('playground.searchFor')}
        placeholder={t('playground.placeholder')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maxLength={2000}
        flex={1}
      />
      <Button type="submit" loading={isSearching} disabled={!text.trim()}>
        {t('playground.find')}
      </Button>
    </form>
  );
}

function Found({ botId, question, passages }: { botId: string; question: string; passages: Passage[] }) {
  const { t } = useTranslation();
  const mayKeep = useCan('admin');
  const [keeping, setKeeping] = useState<TestQuestionDraft | null>(null);
  if (passages.length === 0) {
    return (
      <EmptyState icon={IconMoodEmpty} title={t('playground.noPassages')}>
        {t('playground.noPassagesText')}
      </EmptyState>
    );
  }
  const hasMeaning = passages.some(({ ranks }) => ranks?.vector != null);
  return (
    <>
      <HowToRead hasMeaning={hasMeaning} />
      <div className={classes.head} aria-hidden>
        <span>{t('playground.byWords')}</span>
        <span>{t('playground.byMeaning')}</span>
        <span>{t('playground.together')}</span>
        <span>{t('playground.passage')}</span>
      </div>
      <ol className={classes.list}>
        {passages.map((passage, place) => (
          <RankedPassage
            key={passage.chunkId}
            botId={botId}
            passage={passage}
            place={place + 1}
            onKeep={mayKeep ? () => setKeeping(draftOf(question, passage)) : undefined}
          />
        ))}
      </ol>
      <TestQuestionDialog botId={botId} draft={keeping} onClose={() => setKeeping(null)} />
    </>
  );
}

function HowToRead({ hasMeaning }: { hasMeaning: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={classes.help}>
      <dl className={classes.kinds}>
        <div>
          <dt>{t('playground.byWords')}</dt>
          <dd>{t('playground.byWordsText')}</dd>
        </div>
        <div>
          <dt>{t('playground.byMeaning')}</dt>
          <dd>{t('playground.byMeaningText')}</dd>
        </div>
        <div>
          <dt>{t('playground.together')}</dt>
          <dd>{t('playground.togetherText')}</dd>
        </div>
      </dl>
      <Text size="sm">
        <mark>{t('playground.sampleNear')}</mark> {t('playground.isNear')}{' '}
        <span className={classes.byWord}>{t('playground.sampleWord')}</span> {t('playground.isWord')}{' '}
        <span className={classes.byMeaning}>{t('playground.sampleMeaning')}</span> {t('playground.isMeaning')}
      </Text>
      {!hasMeaning && (
        <Text size="sm" fw={500}>
          {t('playground.wordsAlone')}
        </Text>
      )}
    </div>
  );
}

/** The passage is the one that answers: its first words are enough to tell it from others of the source. */
function draftOf(question: string, passage: Passage): TestQuestionDraft {
  const { sourceId, sourceName, text, explanation } = passage;
  const window = explanation?.window;
  const quote = (window ? text.slice(window.start, window.end) : text).slice(0, quoteLength).trim();
  return { question, source: { id: sourceId, name: sourceName }, quote: quote.toWellFormed() };
}

const quoteLength = 240;
