import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { OwnName } from '../../../src/contract/app/session.ts';
import { shaped, text } from '../service/answer-shape.ts';
import { callService, type ServiceCall } from '../service/call-service.ts';
import { problemOf, type ServiceProblem } from '../service/service-problem.ts';
import type { LocalCopy } from './local-copy.ts';
import type { OtherTabs } from './other-tabs.ts';
import { type StoredSession, signInAgainPath } from './session-store.ts';
import { signOut } from './sign-out.ts';

export interface AppSession {
  readonly session: StoredSession;
  /** Not known to a page that was reloaded until it has asked; nothing depends on it. */
  readonly userName: string | undefined;
  /** Asks the service who is signed in. */
  readonly askUserName: () => void;
  readonly drafts: LocalCopy;
  /** The sign-in has ended: the page stays, nothing more can be saved at the service. */
  readonly expired: boolean;
  readonly online: boolean;
  readonly call: (call: Omit<ServiceCall, 'session'>) => Promise<unknown>;
  /** Leaves for the EHR's sign-in once everything typed is safely in the tab's storage. */
  readonly signInAgain: (() => void) | undefined;
  readonly leave: () => void;
  /** Names what is to be saved before signing out. @returns a way to take it back */
  readonly beforeLeaving: (save: () => Promise<void>) => () => void;
}

/** Signing out waits no longer than this for a service that does not answer. */
const leaveAfterMs = 3_000;

type Leaving = typeof import('./leave-question.tsx');
/** Nobody needs it before there is something to leave. */
const fetchLeaving = (): Promise<Leaving> => import('./leave-question.tsx');

const isOwnName = shaped<OwnName>({ userName: text });

const Context = createContext<AppSession | undefined>(undefined);

/** The session that this page is opened in. @throws Error outside of `AppSessionProvider` */
export function useAppSession(): AppSession {
  const session = useContext(Context);
  if (session === undefined) throw new Error('used outside of an app session');
  return session;
}

interface ProviderProps {
  readonly session: StoredSession;
  readonly userName?: string | undefined;
  readonly drafts: LocalCopy;
  readonly onLeft: () => void;
  readonly children: ReactNode;
}

/** Gives all below it the session, and notices when it ends and when the connection goes. */
export function AppSessionProvider({ session, userName: signedIn, drafts, onLeft, children }: ProviderProps) {
  const [userName, setUserName] = useState(signedIn);
  const [expired, setExpired] = useState(false);
  const [online, setOnline] = useState(() => navigator.onLine);
  useEffect(() => {
    const on = () => setOnline(true);
    const off = () => setOnline(false);
    window.addEventListener('online', on);
    window.addEventListener('offline', off);
    return () => {
      window.removeEventListener('online', on);
      window.removeEventListener('offline', off);
    };
  }, []);

  const call = useCallback(
    async (asked: Omit<ServiceCall, 'session'>): Promise<unknown> => {
      try {
        const answer = await callService({ ...asked, session });
        setOnline(true);
        return answer;
      } catch (error) {
        notice(problemOf(error));
        throw error;
      }
      function notice({ code, status }: ServiceProblem): void {
        if (code === 'session-expired' || status === 401) setExpired(true);
        if (code === 'offline') setOnline(false);
      }
    },
    [session],
  );
  const askUserName = useCallback((): void => {
    call({ method: 'GET', path: '/app/v1/own-name' }).then(
      (answer) => {
        if (isOwnName(answer)) setUserName(answer.userName);
      },
      // the page does as well without it
      () => undefined,
    );
  }, [call]);
  const unsaved = useRef(new Set<() => Promise<void>>());
  const beforeLeaving = useCallback((save: () => Promise<void>) => {
    unsaved.current.add(save);
    return () => void unsaved.current.delete(save);
  }, []);
  const [asking, setAsking] = useState<'here' | 'elsewhere'>();
  const saveAll = useCallback(() => {
    const saved = Promise.all([...unsaved.current].map((save) => save()));
    const longEnough = new Promise((resolve) => setTimeout(resolve, leaveAfterMs));
    return Promise.race([saved, longEnough]);
  }, []);
  const out = useCallback(() => void signOut(session, drafts).then(onLeft), [session, drafts, onLeft]);
  const tabs = useRef<OtherTabs>(undefined);
  const everywhere = useCallback(() => {
    tabs.current?.signOut();
    out();
  }, [out]);
  const leaving = useRef<Leaving>(undefined);
  useEffect(() => {
    let left = false;
    // ahead, so that it is there when there is no connection
    fetchLeaving().then(
      (fetched) => {
        leaving.current = fetched;
        const onSignedOut = () => void saveAll().then(out, out);
        if (!left) tabs.current = fetched.joinOtherTabs(session, { unsent: drafts.unsent, onSignedOut });
      },
      () => undefined,
    );
    return () => {
      left = true;
      tabs.current?.leave();
    };
  }, [session, drafts, saveAll, out]);
  const leave = useCallback(async (): Promise<void> => {
    await saveAll().catch(() => undefined);
    const here = drafts.unsent();
    if (!here && !(await tabs.current?.haveUnsent())) everywhere();
    else if (leaving.current !== undefined) setAsking(here ? 'here' : 'elsewhere');
    else if (window.confirm('What you wrote is on this device only. Sign out and delete it?')) everywhere();
  }, [drafts, saveAll, everywhere]);
  const value = useMemo((): AppSession => {
    const again = signInAgainPath();
    return {
      session,
      userName,
      askUserName,
      drafts,
      expired,
      online,
      call,
      signInAgain: again === undefined ? undefined : () => void drafts.written().then(() => location.assign(again)),
      leave: () => void leave(),
      beforeLeaving,
    };
  }, [session, userName, askUserName, drafts, expired, online, call, leave, beforeLeaving]);
  const Question = leaving.current?.LeaveQuestion;
  return (
    <Context value={value}>
      {children}
      {asking === undefined || Question === undefined ? null : (
        <Question elsewhere={asking === 'elsewhere'} onStay={() => setAsking(undefined)} onLeave={everywhere} />
      )}
    </Context>
  );
}
