/** What the panel gives back. Nothing happens on the page or the network before `open`. */
export interface Panel {
  open(): void;
  close(): void;
  /** The page has said who the visitor is. */
  identify(): void;
  /** Ends every request, timer and listener; the loader removes the nodes. */
  destroy(): void;
}

/** How the loader starts the panel: in its own shadow root, for this bot, against this origin (no slash at its end). */
export type CreatePanel = (root: ShadowRoot, button: HTMLButtonElement, botId: string, base: string) => Promise<Panel>;
