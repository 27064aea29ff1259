import { useState, type ReactNode } from 'react';
import type { Citation, Rating, TranscriptEntry } from '@docent/contracts';
import { HandoverLine } from './handover-line';
import { AgentMessage, AssistantMessage, VisitorMessage } from './messages';
import { PassageDrawer, type OpenCitation } from './passage-drawer';
import classes from './transcript.module.css';

/** Something that stands between what was said, such as a note. */
export interface Aside {
  key: string;
  at: string;
  content: ReactNode;
}

interface TranscriptProps {
  conversationId: string;
  botId: string;
  entries: readonly TranscriptEntry[];
  /** Put between the entries by their time. */
  asides?: readonly Aside[];
  /** Called with the turn whose inner workings should be shown; no such button without it. */
  onInspect?: (turnId: string) => void;
  inspectedTurnId?: string;
  /** Rates an answer; without it, ratings are only shown. */
  onRate?: (turnId: string, rating: Rating | null) => void;
  /** Whose own words stand at the end of the line: the visitor's, or those of the workspace. */
  side?: 'visitor' | 'workspace';
  /** The visitor has read up to this number; told below the last agent message that they have read. */
  readSeq?: number;
}

/** What was said, with citations that open their passage. */
export function Transcript(props: TranscriptProps) {
  const { conversationId, botId, entries, asides = [] } = props;
  const [open, setOpen] = useState<OpenCitation | null>(null);
  const lastRead = entries.findLast((entry) => entry.role === 'agent' && entry.seq <= (props.readSeq ?? 0))?.seq;
  return (
    <>
      <ol className={classes.list} data-side={props.side ?? 'visitor'}>
        {inOrder(entries, asides).map((item) =>
          'content' in item ? (
            <li key={item.key} className={classes.aside}>
              {item.content}
            </li>
          ) : (
            <li key={`${item.role}-${item.seq}`} className={classes[item.role]}>
              <EntryView
                entry={item}
                conversationId={conversationId}
                isLastRead={item.seq === lastRead}
                onCitation={(turnId, citation) => setOpen({ conversationId, botId, turnId, citation })}
                onInspect={props.onInspect}
                onRate={props.onRate}
                inspectedTurnId={props.inspectedTurnId}
              />
            </li>
          ),
        )}
      </ol>
      <PassageDrawer open={open} onClose={() => setOpen(null)} />
    </>
  );
}

interface EntryViewProps extends Pick<TranscriptProps, 'conversationId' | 'onInspect' | 'onRate' | 'inspectedTurnId'> {
  entry: TranscriptEntry;
  isLastRead: boolean;
  onCitation: (turnId: string | null, citation: Citation) => void;
}

function EntryView({ entry, conversationId, isLastRead, onCitation, onInspect, onRate, inspectedTurnId }: EntryViewProps) {
  switch (entry.role) {
    case 'visitor':
      return <VisitorMessage entry={entry} conversationId={conversationId} />;
    case 'agent':
      return <AgentMessage entry={entry} conversationId={conversationId} isRead={isLastRead} />;
    case 'handover':
      return <HandoverLine entry={entry} />;
    case 'assistant':
      return (
        <AssistantMessage
          entry={entry}
          onCitation={(citation) => onCitation(entry.turnId, citation)}
          onInspect={onInspect}
          onRate={onRate}
          isInspected={entry.turnId !== null && entry.turnId === inspectedTurnId}
        />
      );
  }
}

/** Entries keep the order of the log; each aside stands before the first entry that is younger. */
function inOrder(entries: readonly TranscriptEntry[], asides: readonly Aside[]): (TranscriptEntry | Aside)[] {
  const left = asides.toSorted((a, b) => a.at.localeCompare(b.at));
  const items: (TranscriptEntry | Aside)[] = [];
  for (const entry of entries) {
    while (left[0] && left[0].at < entry.at) items.push(left.shift()!);
    items.push(entry);
  }
  return [...items, ...left];
}
