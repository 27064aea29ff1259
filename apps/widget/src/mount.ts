/** What the loader hands to the panel. */
export interface Mount {
  root: ShadowRoot;
  button: HTMLButtonElement;
  botId: string;
  /** Origin of the script, without a slash at its end. */
  base: string;
}

/** What the panel gives back. Nothing happens on the page or the network before `open`. */
export interface Panel {
  open(): void;
  close(): void;
  /** Ends every request, timer and listener; the loader removes the nodes. */
  destroy(): void;
}

export type CreatePanel = (mount: Mount) => Panel;
