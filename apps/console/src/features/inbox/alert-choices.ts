import { useSyncExternalStore } from 'react';

export interface AlertChoices {
  sound: boolean;
  notifications: boolean;
}

const key = 'docent.alerts';
const listeners = new Set<() => void>();
let known: AlertChoices | undefined;

/** How this browser draws attention to visitors who wait; kept in its storage. */
export function useAlertChoices(): [AlertChoices, (part: Partial<AlertChoices>) => void] {
  return [useSyncExternalStore(subscribe, alertChoices), change];
}

/** The choices at this moment. */
export function alertChoices(): AlertChoices {
  known ??= read();
  return known;
}

function change(part: Partial<AlertChoices>): void {
  known = { ...alertChoices(), ...part };
  try {
    localStorage.setItem(key, JSON.stringify(known));
  } catch {
    // Without storage the choice holds until the page is closed.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function read(): AlertChoices {
  try {
    const stored = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<AlertChoices>;
    return { sound: stored.sound !== false, notifications: stored.notifications === true };
  } catch {
    return { sound: true, notifications: false };
  }
}
