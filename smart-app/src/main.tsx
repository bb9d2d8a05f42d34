import { lazy, StrictMode, Suspense, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { CallbackPage } from './launch/callback-page.tsx';
import { LaunchPage } from './launch/launch-page.tsx';
import { Skeleton } from './parts/skeleton.tsx';
import type { SessionView } from './service/contract.ts';
import { SignedInApp } from './session/signed-in-app.tsx';
import './styles/tokens.css';
import './styles/base.css';
import './styles/parts.css';

const FrontPage = lazy(() => import('./front-page.tsx'));

function Page() {
  const [signedIn, setSignedIn] = useState<SessionView>();
  if (signedIn !== undefined) return <SignedInApp signedIn={signedIn} />;
  switch (location.pathname) {
    case '/launch':
      return <LaunchPage />;
    case '/callback':
      return <CallbackPage onSignedIn={setSignedIn} />;
    case '/app':
      return <SignedInApp signedIn={undefined} />;
    default:
      return (
        <Suspense fallback={<Skeleton words="Loading …" />}>
          <FrontPage />
        </Suspense>
      );
  }
}

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element "root"');
createRoot(root).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
