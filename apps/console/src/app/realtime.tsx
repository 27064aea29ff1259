import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Change } from '@docent/contracts';
import { refreshSession } from '../api/call';
import { useWorkspace } from '../api/workspace';
import { applyChange } from './apply-change';
import { comeBackWhenTold } from './come-back-when-told';
import { StaleMarks } from './stale-marks';

const pollMs = 5000;
/** A connection that does not stand by then counts as down, even when no error was reported. */
const patienceMs = 5000;

const LiveContext = createContext<boolean>(true);

/** Whether changes are being pushed; false while the console has to ask by itself. */
export function useIsLive(): boolean {
  return useContext(LiveContext);
}

/**
 * Keeps what is on the screen current: pushed changes over socket.io, and asking every few seconds while the socket is down.
 * After a reconnect everything is read once, so that a missed push loses nothing.
 */
export function RealtimeProvider({ children }: { children: ReactNode }) {
  const workspaceId = useWorkspace().id;
  const queryClient = useQueryClient();
  const [isLive, setIsLive] = useState(true);

  useEffect(() => {
    const readAgain = () => void queryClient.invalidateQueries({ queryKey: [workspaceId] });
    const marks = new StaleMarks(queryClient);
    return connect(workspaceId, {
      onChange: (change) => applyChange(queryClient, marks, workspaceId, change),
      onLive: (live, again) => {
        setIsLive(live);
        if (live && again) readAgain();
      },
    });
  }, [workspaceId, queryClient]);

  useEffect(() => {
    if (isLive) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void queryClient.invalidateQueries({ queryKey: [workspaceId] });
    }, pollMs);
    return () => clearInterval(timer);
  }, [isLive, workspaceId, queryClient]);

  return <LiveContext value={isLive}>{children}</LiveContext>;
}

interface Listener {
  onChange: (change: Change) => void;
  /** `again`: it had been connected before. */
  onLive: (live: boolean, again: boolean) => void;
}

/** Opens the socket and gives the way to close it. The library is loaded here, after the first page is drawn. */
function connect(workspaceId: string, listener: Listener): () => void {
  let close: (() => void) | undefined;
  let closed = false;
  void import('socket.io-client').then(({ io }) => {
    if (closed) return;
    const socket = io('/console', {
      path: '/socket.io',
      auth: { workspaceId },
      transports: ['websocket', 'polling'],
      reconnectionDelayMax: 10_000,
    });
    comeBackWhenTold(socket);
    let again = false;
    const patience = setTimeout(() => {
      if (!socket.connected) listener.onLive(false, again);
    }, patienceMs);
    close = () => {
      clearTimeout(patience);
      socket.disconnect();
    };
    socket.on('connect', () => {
      listener.onLive(true, again);
      again = true;
    });
    socket.on('disconnect', () => listener.onLive(false, again));
    socket.on('connect_error', () => {
      listener.onLive(false, again);
      if (socket.active) return;
      // The server refused the cookie: a fresh one may do. Without a session the pages themselves lead to signing in.
      setTimeout(
        () =>
          void refreshSession().then(
            () => !closed && socket.connect(),
            () => undefined,
          ),
        2000,
      );
    });
    socket.on('change', (payload: unknown) => {
      const change = Change.safeParse(payload);
      if (change.success) listener.onChange(change.data);
    });
  });
  return () => {
    closed = true;
    close?.();
  };
}
