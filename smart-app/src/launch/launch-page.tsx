import { useEffect, useState } from 'react';
import { Skeleton } from '../parts/skeleton.tsx';
import { problemOf, type ServiceProblem } from '../service/service-problem.ts';
import { beginLaunch } from './begin-launch.ts';
import LaunchProblem from './launch-problem.tsx';

/** Where the EHR opens us: goes on to its sign-in at once, or says why it can't. */
export default function LaunchPage() {
  const [problem, setProblem] = useState<ServiceProblem>();
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `tries` is the wish to try again
  useEffect(() => {
    let left = false;
    setProblem(undefined);
    beginLaunch(new URLSearchParams(location.search)).then(
      (authorizeUrl) => {
        if (!left) location.replace(authorizeUrl);
      },
      (error: unknown) => {
        if (!left) setProblem(problemOf(error));
      },
    );
    return () => {
      left = true;
    };
  }, [tries]);
  if (problem === undefined) return <Skeleton words="Signing in with your EHR …" />;
  const again = ['ehr-unreachable', 'offline', 'internal', 'unexpected-answer', 'rate-limited'].includes(problem.code);
  return (
    <LaunchProblem
      code={problem.code}
      detail={problem.message}
      onRetry={again ? () => setTries((before) => before + 1) : undefined}
    />
  );
}
