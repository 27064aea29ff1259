/** A message that waits to be sent. It keeps its id for good, so that sending it again asks nothing twice. */
export interface Waiting {
  id: string;
  text: string;
  attachmentIds?: string[] | undefined;
  /** Set once the server has it; it leaves when the log shows it. */
  seq?: number;
  /** Why it was not sent, in words; empty while it is under way. */
  failed?: string;
  /** The server will never take it as it is. */
  refused?: boolean;
}

export interface SavedState {
  token?: string | undefined;
  /** Empty: the visitor wants a new one. */
  conversationId?: string | undefined;
  outbox: Waiting[];
  /** The form before the chat has been filled. */
  met?: boolean;
  /** The number of the closing event whose question of satisfaction is answered. */
  ratedSeq?: number;
  /** How the launcher should look next time, and which texts it needs, before anything is fetched. */
  look?: { colour: string; position: string; language?: string };
}

export interface Saved {
  key: string;
  read(): SavedState;
  write(change: Partial<SavedState>): void;
}

/** What this browser remembers of one bot, shared by all tabs. Without storage it lasts as long as the page. */
export function openSaved(botId: string): Saved {
  const key = `docent:${botId}`;
  let memory: SavedState = { outbox: [] };
  let usable = true;
  const read = () => {
    try {
      if (usable) memory = { outbox: [], ...JSON.parse(localStorage[key]) };
    } catch {
      // Nothing stored yet, or storage is forbidden.
    }
    return memory;
  };
  return {
    key,
    read,
    write(change) {
      memory = { ...read(), ...change };
      try {
        const text = JSON.stringify(memory);
        if (localStorage[key] !== text) localStorage[key] = text;
      } catch {
        usable = false;
      }
    },
  };
}
