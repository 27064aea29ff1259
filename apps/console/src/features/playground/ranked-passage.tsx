import { useState } from 'react';
import { Badge, Button, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconFlag } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Passage } from '@docent/contracts';
import { useWorkspace } from '../../api/workspace';
import { useFormat } from '../../ui/format';
import { cutMarks, cutToShow, leastShare, type Piece } from './cut-marks';
import classes from './search-look.module.css';

interface RankedPassageProps {
  botId: string;
  passage: Passage;
  /** In the order of what was found. */
  place: number;
  onKeep?: () => void;
}

/** A passage with its three ranks, the words that carried it, and its nearest stretch marked. */
export function RankedPassage({ botId, passage, place, onKeep }: RankedPassageProps) {
  const { t } = useTranslation();
  const workspaceId = useWorkspace().id;
  const { ranks, explanation } = passage;
  // The innermost heading tells passages of one source apart.
  const path = [passage.title, ...passage.headings].filter((part, at, all) => part !== all[at - 1]);
  const facts = [
    passage.title === passage.sourceName ? null : passage.sourceName,
    path.slice(0, -1).join(' › '),
    passage.page === null ? null : t('knowledge.page', { page: passage.page }),
  ];
  return (
    <li className={classes.passage}>
      <div className={classes.ranks}>
        <Rank label={t('playground.byWords')} rank={ranks?.lexical} />
        <Rank label={t('playground.byMeaning')} rank={ranks?.vector} />
        <Rank label={t('playground.together')} rank={ranks?.fused ?? place} isFinal />
      </div>
      <div className={classes.words}>
        <div className={classes.titleLine}>
          <Link
            className={classes.title}
            to="/w/$workspaceId/bots/$botId/knowledge/$sourceId"
            params={{ workspaceId, botId, sourceId: passage.sourceId }}
            search={{ start: passage.start, end: passage.end }}
          >
            {path.at(-1)}
          </Link>
          <FoundBy ranks={ranks} />
        </div>
        <Text size="xs" c="dimmed">
          {facts.filter(Boolean).join(' · ')}
        </Text>
        <MarkedText passage={passage} />
        {explanation && <Carriers explanation={explanation} />}
        {onKeep && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            className={classes.keep}
            leftSection={<IconFlag size={14} aria-hidden />}
            onClick={onKeep}
          >
            {t('testQuestions.keep')}
          </Button>
        )}
      </div>
    </li>
  );
}

function Rank({ label, rank, isFinal }: { label: string; rank: number | null | undefined; isFinal?: boolean }) {
  const { t } = useTranslation();
  return (
    <div
      className={classes.rank}
      data-final={isFinal || undefined}
      data-first={rank === 1 || undefined}
      data-none={rank == null || undefined}
    >
      <span className={classes.rankLabel}>{label}</span>
      <span className={classes.rankNumber}>
        {rank ?? '–'}
        {rank == null && <VisuallyHidden>{t('playground.notRanked')}</VisuallyHidden>}
      </span>
    </div>
  );
}

function FoundBy({ ranks }: { ranks: Passage['ranks'] }) {
  const { t } = useTranslation();
  if (!ranks || (ranks.lexical === null) === (ranks.vector === null)) return null;
  return (
    <Badge size="sm" variant="light" flex="none" tt="none">
      {ranks.lexical === null ? t('playground.onlyMeaning') : t('playground.onlyWords')}
    </Badge>
  );
}

function MarkedText({ passage: { text, explanation } }: { passage: Passage }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const shown = isOpen ? { start: 0, end: text.length } : cutToShow(text, explanation);
  const isCut = shown.start > 0 || shown.end < text.length;
  const pieces = cutMarks(text, explanation).flatMap((piece) => {
    const from = Math.max(piece.start, shown.start);
    const to = Math.min(piece.start + piece.text.length, shown.end);
    return to > from ? [{ ...piece, text: text.slice(from, to) }] : [];
  });
  return (
    <>
      <p className={classes.text}>
        {shown.start > 0 && '… '}
        {pieces.map((piece) => (
          <MarkedPiece key={piece.start} piece={piece} />
        ))}
        {shown.end < text.length && ' …'}
      </p>
      {(isCut || isOpen) && (
        <UnstyledButton className={classes.more} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? t('playground.showLess') : t('playground.showMore')}
        </UnstyledButton>
      )}
    </>
  );
}

function MarkedPiece({ piece }: { piece: Piece }) {
  const look = piece.carries === 'word' ? classes.byWord : piece.carries === 'meaning' ? classes.byMeaning : undefined;
  const text = piece.text.replace(/\n\s*\n/g, '\n');
  if (piece.isNear) return <mark className={look}>{text}</mark>;
  return look ? <span className={look}>{text}</span> : text;
}

function Carriers({ explanation: { lexical, vector } }: { explanation: NonNullable<Passage['explanation']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const telling = vector.filter(({ share }) => share >= leastShare).slice(0, mostCarriers);
  return (
    <dl className={classes.carriers}>
      {lexical.length > 0 && (
        <div>
          <dt>{t('playground.sameWords')}</dt>
          {lexical.slice(0, mostCarriers).map(({ word, share }) => (
            <dd key={word}>
              <span className={classes.byWord}>{word}</span> {format.percent(share)}
            </dd>
          ))}
        </div>
      )}
      {telling.length > 0 && (
        <div>
          <dt>{t('playground.nearWords')}</dt>
          {telling.map(({ word, nearest, share }) => (
            <dd key={word}>
              {word === nearest ? word : `${word} → `}
              {word !== nearest && <span className={classes.byMeaning}>{nearest}</span>} {format.percent(share)}
            </dd>
          ))}
        </div>
      )}
    </dl>
  );
}

const mostCarriers = 6;
