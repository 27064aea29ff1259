import type { ComponentChildren } from 'preact';
import type { TranscriptEntry } from '@docent/contracts';
import type { ChatClient } from './chat-client';
import type { MoreStrings, Strings } from './strings';

/** All that the panel shows follows from this. */
export interface View {
  client: ChatClient;
  strings: Strings;
  /** What is shown instead of the conversation, such as the passage behind a citation. */
  page: (() => ComponentChildren) | undefined;
  /** Shows such a page and moves the focus to its first button or field; Escape and `closePage` lead back to where it was. */
  openPage(page: () => ComponentChildren): void;
  closePage(): void;
  /** Draws what people say, hand-overs and files, once the part that knows how is there. */
  entry?: (entry: TranscriptEntry) => ComponentChildren;
  /** What stands between the conversation and the field. */
  bar?: () => ComponentChildren;
  /** Called whenever something was drawn. */
  drawn?: () => void;
  /** The files that go with the next message; null while they are still on their way. */
  take?: () => string[] | null;
  draw(): void;
  startAnew(): void;
  close(): void;
  /** Loads a part, if it is not there yet, and does with it what is asked for. A part that cannot be loaded is an error in the bar. */
  use<N extends keyof Parts>(name: N, action?: (part: Parts[N]) => void): Promise<void>;
}

/** What is loaded when it is used, by the name of its file in `parts/`. */
export interface Parts {
  passage: { show(turnId: string, n: number): void };
  people: { ask(): void };
  files: { pick(): void; add(files: File[]): void };
  forms: { preChat(): void; message(): void };
  more: { show(): void };
}

/** What a part is given: the view, and the texts of all parts in the visitor's language. */
export interface Kit {
  view: View;
  more: MoreStrings;
  /** The panel's own element. */
  box: HTMLElement;
}

/** Adds a part's styles to those of the panel. */
export function wear(box: HTMLElement, styles: string) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  (box.getRootNode() as ShadowRoot).adoptedStyleSheets.push(sheet);
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
