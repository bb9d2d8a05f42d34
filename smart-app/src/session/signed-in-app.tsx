import { type ComponentType, type LazyExoticComponent, lazy, Suspense, useCallback, useEffect, useState } from 'react';
import type { SessionView } from '../../../src/contract/app/session.ts';
import type { Role } from '../../../src/homework/role.ts';
import { askEarly, fetchFiles } from '../early/early-answer.ts';
import { ProblemBoundary } from '../parts/problem-boundary.tsx';
import { ProblemPage } from '../parts/problem-page.tsx';
import { Skeleton } from '../parts/skeleton.tsx';
import { AppSessionProvider } from './app-session.tsx';
import { copySecret } from './copy-secret.ts';
import { type LocalCopy, openLocalCopy } from './local-copy.ts';
import { hasSignedOut, keepSession, type StoredSession, signInAgainPath, storedSession } from './session-store.ts';
import { SignedOutPage } from './signed-out-page.tsx';

const views: Readonly<Record<Role, LazyExoticComponent<ComponentType>>> = {
  clinician: lazy(() => import('../clinician/clinician-view.tsx')),
  integration: lazy(() => import('../integration/integration-view.tsx')),
  coordinator: lazy(() => import('../coordinator/coordinator-view.tsx')),
  patient: lazy(() => import('../patient/patient-view.tsx')),
};

/** The app of somebody who is signed in; the role in the session decides what it is, never the address. */
export function SignedInApp({ signedIn }: { readonly signedIn: SessionView | undefined }) {
  const [session] = useState(() => (signedIn === undefined ? storedSession() : begin(keepSession(signedIn))));
  const [drafts, setDrafts] = useState<LocalCopy>();
  const [left, setLeft] = useState(false);
  const leave = useCallback(() => setLeft(true), []);
  useEffect(() => {
    if (session === undefined) return;
    void openLocalCopy(() => copySecret(session), session).then(setDrafts);
  }, [session]);
  useEffect(() => {
    if (session === undefined) return;
    if (location.pathname !== '/app') history.replaceState(history.state, '', '/app');
  }, [session]);

  if (left || (session === undefined && hasSignedOut())) return <SignedOutPage />;
  if (session === undefined) return <NotSignedIn />;
  if (drafts === undefined) return <Skeleton words="Opening Intersession …" />;
  const View = viewOf(session);
  if (View === undefined) return <NotOpened code="role-unknown" />;
  return (
    <AppSessionProvider session={session} userName={signedIn?.user.name} drafts={drafts} onLeft={leave}>
      <ProblemBoundary>
        <Suspense fallback={<Skeleton words="Opening Intersession …" />}>
          <View />
        </Suspense>
      </ProblemBoundary>
    </AppSessionProvider>
  );
}

/** What the first page needs comes while it is being opened, all of it at once. */
function begin(session: StoredSession): StoredSession {
  fetchFiles(session.role);
  askEarly(session);
  return session;
}

function viewOf({ role }: StoredSession): LazyExoticComponent<ComponentType> | undefined {
  return Object.hasOwn(views, role) ? views[role] : undefined;
}

function NotSignedIn() {
  const again = signInAgainPath();
  if (again === undefined) return <NotOpened code="launch-incomplete" />;
  return <ProblemPage code="session-expired" onRetry={() => location.assign(again)} retryWords="Sign in again" />;
}

// its words are many, and nobody needs them who is in the app
const LaunchProblem = lazy(() => import('../launch/launch-problem.tsx'));

function NotOpened({ code }: { readonly code: string }) {
  return (
    <ProblemBoundary>
      <Suspense fallback={<Skeleton words="Opening Intersession …" />}>
        <LaunchProblem code={code} />
      </Suspense>
    </ProblemBoundary>
  );
}
