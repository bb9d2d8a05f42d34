import { ProblemPage } from '../parts/problem-page.tsx';
import { isForIntegration, launchProblemWords } from '../words/launch-problem-words.ts';

interface LaunchProblemProps {
  readonly code: string;
  /** The service's sentence about it; shown where it helps those who look after the connection. */
  readonly detail?: string | undefined;
  readonly onRetry?: (() => void) | undefined;
  readonly retryWords?: string;
}

/** The page of a sign-in that did not come about. */
export default function LaunchProblem({ code, detail, ...rest }: LaunchProblemProps) {
  const shown = isForIntegration(code) ? detail : undefined;
  return <ProblemPage code={code} words={launchProblemWords(code)} detail={shown} {...rest} />;
}
