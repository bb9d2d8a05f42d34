import { useEffect, useState } from 'react';
import type { SessionView } from '../../../src/contract/app/session.ts';
import { Skeleton } from '../parts/skeleton.tsx';
import { problemOf, type ServiceProblem } from '../service/service-problem.ts';
import { signInAgainPath } from '../session/session-store.ts';
import { finishLaunch } from './finish-launch.ts';
import LaunchProblem from './launch-problem.tsx';

/** What another try would not change: somebody has to set it right first. */
const hopeless = ['ehr-unfit', 'app-not-registered', 'scopes-refused', 'unusable-id'];

let finishing: Promise<SessionView> | undefined;

/** The EHR's answer is good for one try, and must not stay in the address bar or the history. */
function finishOnce(): Promise<SessionView> {
  if (finishing === undefined) {
    const query = new URLSearchParams(location.search);
    history.replaceState(null, '', '/callback');
    finishing = finishLaunch(query);
  }
  return finishing;
}

/** Where the EHR's sign-in comes back to: opens the app, or says why not. */
export default function CallbackPage({ onSignedIn }: { readonly onSignedIn: (session: SessionView) => void }) {
  const [problem, setProblem] = useState<ServiceProblem>();
  useEffect(() => {
    let left = false;
    finishOnce().then(
      (session) => {
        if (!left) onSignedIn(session);
      },
      (error: unknown) => {
        if (!left) setProblem(problemOf(error));
      },
    );
    return () => {
      left = true;
    };
  }, [onSignedIn]);
  if (problem === undefined) return <Skeleton words="Opening Intersession …" />;
  const again = signInAgainPath();
  const sayAgain = ['role-unknown', 'foreign-user', 'launch-without-patient', 'patient-merged'];
  const worthAgain = ![...hopeless, ...sayAgain].includes(problem.code);
  return (
    <LaunchProblem
      code={problem.code}
      detail={problem.message}
      onRetry={again !== undefined && worthAgain ? () => location.assign(again) : undefined}
      retryWords="Sign in again"
    />
  );
}
