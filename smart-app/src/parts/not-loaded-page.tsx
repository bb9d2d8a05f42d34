import { useAppSession } from '../session/app-session.tsx';
import { ProblemPage } from './problem-page.tsx';

interface NotLoadedPageProps {
  readonly code: string;
  readonly onRetry: () => void;
}

/** A view whose first page could not be loaded: says why, with the one button that leads on. */
export function NotLoadedPage({ code, onRetry }: NotLoadedPageProps) {
  const { expired, signInAgain } = useAppSession();
  if (expired || code === 'session-expired')
    return <ProblemPage code="session-expired" onRetry={signInAgain} retryWords="Sign in again" />;
  return <ProblemPage code={code} onRetry={onRetry} />;
}
