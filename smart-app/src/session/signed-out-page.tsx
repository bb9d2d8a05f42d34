import { signInAgainPath } from './session-store.ts';

/** After signing out: that nothing is left here, and the way back. */
export function SignedOutPage() {
  const again = signInAgainPath();
  return (
    <main className="narrow problem-page">
      <p className="brand">Intersession</p>
      <h1>You are signed out</h1>
      <p>Nothing of what you read or wrote in this tab is left on this device. You can close this tab.</p>
      {again === undefined ? null : (
        <p>
          <a href={again}>Sign in again</a>
        </p>
      )}
    </main>
  );
}
