import { useState } from 'react';
import type { TranscriptEntry } from '@docent/contracts';
import { PassageDrawer, type OpenCitation } from './passage-drawer';
import { AssistantMessage, VisitorMessage } from './messages';
import classes from './transcript.module.css';

interface TranscriptProps {
  conversationId: string;
  botId: string;
  entries: readonly TranscriptEntry[];
  /** Called with the turn whose inner workings should be shown; no such button without it. */
  onInspect?: (turnId: string) => void;
  inspectedTurnId?: string;
}

/** What was said, with citations that open their passage. */
export function Transcript({ conversationId, botId, entries, onInspect, inspectedTurnId }: TranscriptProps) {
  const [open, setOpen] = useState<OpenCitation | null>(null);
  return (
    <>
      <ol className={classes.list}>
        {entries.map((entry) => (
          <li key={`${entry.role}-${entry.seq}`} className={entry.role === 'visitor' ? classes.visitor : undefined}>
            {entry.role === 'visitor' ? (
              <VisitorMessage entry={entry} />
            ) : (
              <AssistantMessage
                entry={entry}
                onCitation={(citation) => setOpen({ conversationId, botId, turnId: entry.turnId, citation })}
                onInspect={onInspect}
                isInspected={entry.turnId !== null && entry.turnId === inspectedTurnId}
              />
            )}
          </li>
        ))}
      </ol>
      <PassageDrawer open={open} onClose={() => setOpen(null)} />
    </>
  );
}
