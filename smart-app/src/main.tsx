import { lazy, StrictMode, Suspense, useState } from 'react';
import { createRoot } from 'react-dom/client';
import './early/early.ts';
import type { SessionView } from '../../src/contract/app/session.ts';
import { Skeleton } from './parts/skeleton.tsx';
import { SignedInApp } from './session/signed-in-app.tsx';
import './styles/tokens.css';
import './styles/base.css';
import './styles/parts.css';

// none of these is needed once somebody is in the app
const FrontPage = lazy(() => import('./front-page.tsx'));
const LaunchPage = lazy(() => import('./launch/launch-page.tsx'));
const CallbackPage = lazy(() => import('./launch/callback-page.tsx'));

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
      return <FrontPage />;
  }
}

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element "root"');
createRoot(root).render(
  <StrictMode>
    <Suspense fallback={<Skeleton words="Loading …" />}>
      <Page />
    </Suspense>
  </StrictMode>,
);
