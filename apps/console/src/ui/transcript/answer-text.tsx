import { Fragment, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Citation } from '@docent/contracts';
import classes from './transcript.module.css';
import { parseAnswer, type Block, type Inline } from './parse-answer';

interface AnswerTextProps {
  text: string;
  citations: readonly Citation[];
  onCitation: (citation: Citation) => void;
}

/** An answer as nodes, its `[n]` as buttons that lead to the passage. */
export function AnswerText({ text, citations, onCitation }: AnswerTextProps) {
  const blocks = useMemo(() => parseAnswer(text), [text]);
  return (
    <div className={classes.answer}>
      {blocks.map((block, index) => (
        <BlockView key={index} block={block} citations={citations} onCitation={onCitation} />
      ))}
    </div>
  );
}

type Shared = Omit<AnswerTextProps, 'text'>;

function BlockView({ block, ...shared }: Shared & { block: Block }) {
  if (block.kind === 'code') return <pre tabIndex={0}>{block.text}</pre>;
  if (block.kind === 'list') {
    const items = block.items.map((item, index) => (
      <li key={index}>
        <InlineView nodes={item} {...shared} />
      </li>
    ));
    return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
  }
  const content = <InlineView nodes={block.children} {...shared} />;
  return block.kind === 'heading' ? (
    <p>
      <strong>{content}</strong>
    </p>
  ) : (
    <p>{content}</p>
  );
}

function InlineView({ nodes, ...shared }: Shared & { nodes: Inline[] }) {
  return nodes.map((node, index) => (
    <Fragment key={index}>
      <InlineNode node={node} {...shared} />
    </Fragment>
  ));
}

function InlineNode({ node, ...shared }: Shared & { node: Inline }) {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'code':
      return <code>{node.text}</code>;
    case 'link':
      return (
        <a href={node.href} target="_blank" rel="noopener noreferrer nofollow">
          {node.text}
        </a>
      );
    case 'strong':
      return (
        <strong>
          <InlineView nodes={node.children} {...shared} />
        </strong>
      );
    case 'emphasis':
      return (
        <em>
          <InlineView nodes={node.children} {...shared} />
        </em>
      );
    case 'citation':
      return <CitationMark n={node.n} {...shared} />;
    case 'unsupported':
      return <UnsupportedMark />;
  }
}

/** The question mark is told apart by its sign and its frame, not by colour alone. */
export function UnsupportedMark() {
  const { t } = useTranslation();
  return (
    <span className={classes.unsupported} role="img" aria-label={t('transcript.unsupported')} title={t('transcript.unsupported')}>
      ?
    </span>
  );
}

function CitationMark({ n, citations, onCitation }: Shared & { n: number }) {
  const { t } = useTranslation();
  const citation = citations.find((candidate) => candidate.n === n);
  if (!citation) return `[${n}]`;
  return (
    <button
      type="button"
      className={classes.citation}
      aria-label={t('transcript.citation', { n, title: citation.title })}
      onClick={() => onCitation(citation)}
    >
      {n}
    </button>
  );
}
