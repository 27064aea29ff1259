import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './conversation.module.css';

interface StickToEndProps {
  label: string;
  /** Changes whenever something is added. */
  watched: string;
  children: ReactNode;
}

const nearPx = 120;

/** A part of the page that scrolls and stays at its end while it grows, unless one has scrolled up to read; then a button leads down. */
export function StickToEnd({ label, watched, children }: StickToEndProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const lastTop = useRef(0);
  const [isBehind, setIsBehind] = useState(false);
  const toEnd = () => {
    const element = box.current;
    if (element) element.scrollTop = element.scrollHeight;
  };
  useLayoutEffect(() => {
    if (isAtEnd.current) toEnd();
    else setIsBehind(true);
  }, [watched]);
  // Text that is being written and pictures that arrive make it higher without anything being added.
  useEffect(() => {
    const grown = new ResizeObserver(() => isAtEnd.current && toEnd());
    if (content.current) grown.observe(content.current);
    if (box.current) grown.observe(box.current);
    return () => grown.disconnect();
  }, []);
  const onScroll = () => {
    const element = box.current;
    if (!element) return;
    const isNear = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx;
    // Only who moves up has left the end: what has grown since the move was asked for has not moved anybody.
    if (isNear || element.scrollTop < lastTop.current) isAtEnd.current = isNear;
    lastTop.current = element.scrollTop;
    if (isAtEnd.current) setIsBehind(false);
  };
  return (
    <div className={classes.thread}>
      <div ref={box} className={classes.said} onScroll={onScroll} tabIndex={0} role="region" aria-label={label}>
        <div ref={content} className={classes.saidInner}>
          {children}
        </div>
      </div>
      {isBehind && (
        <Button
          className={classes.toEnd}
          size="compact-sm"
          radius="xl"
          leftSection={<IconArrowDown size={14} aria-hidden />}
          onClick={toEnd}
        >
          {t('inbox.newBelow')}
        </Button>
      )}
    </div>
  );
}
