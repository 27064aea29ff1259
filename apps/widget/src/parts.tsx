import type { ComponentChildren } from 'preact';
import type { Citation } from '@docent/contracts';
import type { ChatClient } from './chat-client';
import type { Strings } from './strings';

/** The passage around a citation; without `citation` it is still on its way, or `failed` says why it is not. */
export interface Passage {
  citation?: Citation;
  before?: string;
  quote?: string;
  after?: string;
  failed?: string;
}

/** All that the panel shows follows from this. */
export interface View {
  client: ChatClient;
  strings: Strings;
  passage: Passage | undefined;
  showPassage(turnId: string, n: number): void;
  hidePassage(): void;
  startAnew(): void;
  close(): void;
}

/** A round button with an icon; its label is read and shown as a hint. */
export function Action({
  label,
  onClick,
  icon,
  pressed,
}: {
  label: string;
  onClick: () => void;
  icon: ComponentChildren;
  pressed?: boolean;
}) {
  return (
    <button class="act" type="button" aria-label={label} title={label} aria-pressed={pressed} onClick={onClick}>
      {icon}
    </button>
  );
}

/** Three dots that say: something is on its way. */
export function Typing({ label }: { label: string }) {
  return (
    <p class="dots" role="img" aria-label={label}>
      <i />
      <i />
      <i />
    </p>
  );
}
