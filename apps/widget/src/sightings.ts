import type { Presence } from '@docent/contracts';
import type { View } from './parts';

export interface Sightings {
  /** How far the agent has read. */
  readSeq: number;
  /** Who types at this moment; empty: nobody. */
  typing: string;
  hear(presence: Presence): void;
  /** Says that the visitor has read what is on the screen, once per message. */
  tell(): void;
}

/** An agent who types says so again and again; silence for so long means that they stopped. */
const typingLastsMs = 6_000;
const typingEveryMs = 3_000;

/** Who types and who has read, both ways. Nothing of it is stored, and nothing waits for it. */
export function createSightings(view: View, box: HTMLElement): Sightings {
  const { client } = view;
  let told = 0;
  let typedAt = 0;
  let stopped: ReturnType<typeof setTimeout> | undefined;
  const say = (what: object) => client.call('POST', 'visitor', what).catch(() => undefined);

  const sightings: Sightings = {
    readSeq: 0,
    typing: '',
    hear({ by, kind, name, on, seq = 0 }) {
      if (by !== 'agent') return;
      if (kind === 'read') sightings.readSeq = Math.max(sightings.readSeq, seq);
      if (kind === 'typing') {
        sightings.typing = on ? name || '…' : '';
        clearTimeout(stopped);
        if (on) stopped = setTimeout(() => ((sightings.typing = ''), view.draw()), typingLastsMs);
      }
      view.draw();
    },
    tell() {
      const last = client.state.entries.at(-1);
      if (!last || last.seq <= told || document.hidden || box.hidden) return;
      // Whoever has written has stopped typing, and has read what they answer.
      if (last.role === 'agent') {
        sightings.typing = '';
        sightings.readSeq = last.seq;
      }
      told = last.seq;
      if (last.role !== 'visitor') void say({ readSeq: last.seq });
    },
  };

  box.addEventListener('input', ({ target }) => {
    if (!(target as Element).matches('.p > form textarea') || typedAt > Date.now() - typingEveryMs) return;
    if (client.state.entries.findLast((entry) => entry.role === 'handover')?.state !== 'human') return;
    typedAt = Date.now();
    void say({ typing: true });
  });
  return sightings;
}
