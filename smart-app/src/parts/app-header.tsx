import { type ReactNode, useEffect } from 'react';
import { useAppSession } from '../session/app-session.tsx';

/** The bar on top: where one is, and the way out. */
export function AppHeader({ children }: { readonly children?: ReactNode }) {
  const { session, leave, userName, askUserName } = useAppSession();
  useEffect(() => {
    if (userName === undefined) askUserName();
  }, [userName, askUserName]);
  return (
    <header className="app-header">
      <div className="app-header-row">
        <p className="brand">
          Intersession{' '}
          <span className="tenant" dir="auto">
            {session.tenant.name}
          </span>
        </p>
        <div className="app-header-end">
          {userName === undefined ? null : (
            <span className="user-name" dir="auto">
              {userName}
            </span>
          )}
          <button type="button" className="plain small" onClick={leave}>
            Sign out
          </button>
        </div>
      </div>
      {children}
    </header>
  );
}
