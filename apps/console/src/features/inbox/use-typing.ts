import { useCallback, useEffect, useRef, useState } from 'react';

/** Whoever says nothing for so long types no more: the word that they stopped may have been lost. */
const forgottenAfterMs = 7000;

export interface Typing {
  visitor: string | null;
  agent: string | null;
}

const nobody: Typing = { visitor: null, agent: null };

/** Who types at this moment, by name (empty: without one), and the way to say so; null: nobody. */
export function useTyping(conversationId: string) {
  const [typing, setTyping] = useState(nobody);
  const timers = useRef<Partial<Record<keyof Typing, ReturnType<typeof setTimeout>>>>({});
  const tell = useCallback((by: keyof Typing, name: string | null) => {
    clearTimeout(timers.current[by]);
    setTyping((before) => (before[by] === name ? before : { ...before, [by]: name }));
    if (name !== null) timers.current[by] = setTimeout(() => setTyping((before) => ({ ...before, [by]: null })), forgottenAfterMs);
  }, []);
  useEffect(() => {
    const running = timers.current;
    return () => {
      clearTimeout(running.visitor);
      clearTimeout(running.agent);
      setTyping(nobody);
    };
  }, [conversationId]);
  return [typing, tell] as const;
}
