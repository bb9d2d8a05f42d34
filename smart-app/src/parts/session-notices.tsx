import { useAppSession } from '../session/app-session.tsx';
import { Notice } from './tone.tsx';

/** Above every page: that the sign-in has ended, or that there is no connection, and what that means for what is typed. */
export function SessionNotices() {
  const { expired, online, signInAgain, session, drafts } = useAppSession();
  if (expired) {
    return (
      <Notice tone="care" title="Your sign-in has ended" live="alert">
        <p>
          {drafts.where()?.place === 'page'
            ? 'What you wrote could not be kept: copy it before you leave this page.'
            : 'What you wrote is still here.'}
          {signInAgain === undefined
            ? ' Open Intersession again from the chart in this tab to go on.'
            : ' Sign in again to go on where you were.'}
        </p>
        {signInAgain === undefined ? null : (
          <button type="button" className="primary" onClick={signInAgain}>
            Sign in again
          </button>
        )}
      </Notice>
    );
  }
  if (!online) {
    return (
      <Notice tone="care" title="No connection at the moment" live="status">
        <p>
          {session.role === 'patient'
            ? 'You can go on writing: it is saved as soon as you are connected again.'
            : 'You see the page as it was last loaded. Changes can be made again once you are connected.'}
        </p>
      </Notice>
    );
  }
  return null;
}
