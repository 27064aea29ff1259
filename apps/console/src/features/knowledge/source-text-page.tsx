import { useEffect, useRef, type Ref, type RefObject } from 'react';
import { Group, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { routes, type SourceText } from '@docent/contracts';
import { useApiQuery } from '../../api/queries';
import { useFormat } from '../../ui/format';
import { TextLink } from '../../ui/links';
import { Panel } from '../../ui/panel';
import { QueryState } from '../../ui/query-state';
import { cutText, type TextBlock } from './cut-text';
import classes from './source-text-page.module.css';

/** What was read out of a source, page by page; a cited span is marked and scrolled to. */
export function SourceTextPage() {
  const { t } = useTranslation();
  const params = useParams({ from: '/w/$workspaceId/bots/$botId/knowledge/$sourceId' });
  const text = useApiQuery(routes.getSourceText, { params: { sourceId: params.sourceId } });
  return (
    <div>
      <TextLink to="/w/$workspaceId/bots/$botId/knowledge" params={params} size="sm" c="dimmed" mb="md" display="inline-block">
        <Group gap={6}>
          <IconArrowLeft size={15} aria-hidden /> {t('knowledge.backToList')}
        </Group>
      </TextLink>
      <QueryState query={text}>{(source) => <ExtractedText source={source} />}</QueryState>
    </div>
  );
}

function ExtractedText({ source }: { source: SourceText }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { start, end } = useSearch({ from: '/w/$workspaceId/bots/$botId/knowledge/$sourceId' });
  const marked = useRef<HTMLElement>(null);
  const blocks = cutText(source.text, source.pages);
  useEffect(() => keepInView(marked), [source.sourceId, start]);
  return (
    <Panel
      title={source.title}
      description={t('knowledge.textFacts', {
        count: source.text.length,
        formatted: format.number(source.text.length),
        pages: source.pages.length,
      })}
    >
      <div className={classes.text}>
        {blocks.map((block) => (
          <div key={block.start} className={classes.block}>
            {block.page !== null && (
              <Text size="xs" c="dimmed" className={classes.page}>
                {t('knowledge.page', { page: block.page })}
              </Text>
            )}
            <MarkedText block={block} start={start ?? 0} end={end ?? 0} markRef={marked} />
          </div>
        ))}
      </div>
    </Panel>
  );
}

const framesToSettle = 12;

/** Scrolls to the mark, again in the next frames: blocks above it get their true height only when they come near the screen. */
function keepInView(marked: RefObject<HTMLElement | null>): () => void {
  let frame = 0;
  let left = framesToSettle;
  const scroll = () => {
    marked.current?.scrollIntoView({ block: 'center' });
    left -= 1;
    if (left > 0) frame = requestAnimationFrame(scroll);
  };
  scroll();
  return () => cancelAnimationFrame(frame);
}

function MarkedText({ block, start, end, markRef }: { block: TextBlock; start: number; end: number; markRef: Ref<HTMLElement> }) {
  const from = Math.max(start - block.start, 0);
  const to = Math.min(end - block.start, block.text.length);
  if (to <= from) return block.text;
  return (
    <>
      {block.text.slice(0, from)}
      <mark ref={start >= block.start ? markRef : undefined}>{block.text.slice(from, to)}</mark>
      {block.text.slice(to)}
    </>
  );
}
