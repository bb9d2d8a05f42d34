import { useSyncExternalStore } from 'react';
import { useAppSession } from '../session/app-session.tsx';
import type { KeptWhere } from '../session/draft-copy.ts';
import { isolate } from '../words/isolate.ts';
import type { Saved } from './log-draft.ts';

interface SavedWordsProps {
  readonly saved: Saved;
  /** Something came from another tab or device. */
  readonly joined: boolean;
  /** What can't be saved as it is, each by the words of its field. */
  readonly left: readonly string[];
  /** Whether the service is to have it while it is written; else only this device does. */
  readonly saveAtService: boolean;
}

/** Where what is typed stands, in words that are true of it: at the end of a form. */
export function SavedWords(props: SavedWordsProps) {
  const words = useSavedWords(props);
  return (
    <p className="saved quiet" role="status">
      {words}
      {props.joined && words !== '' ? ' What you wrote in another tab or on another device stands here with it.' : ''}
    </p>
  );
}

/** Beside what is being typed: that it is not saved, and where it stands meanwhile; nothing while it is on its way. */
export function NotSavedHere(props: SavedWordsProps) {
  const { expired, online } = useAppSession();
  const words = useSavedWords(props);
  const away = props.saved === 'unsaved' && props.saveAtService;
  if (words === '' || (!away && props.saved !== 'ended' && !((expired || !online) && props.saved !== 'untouched')))
    return null;
  return <p className="not-saved-here">{words}</p>;
}

function useSavedWords({ saved, left, saveAtService }: SavedWordsProps): string {
  const { drafts, expired, online } = useAppSession();
  const where = useSyncExternalStore(drafts.watch, drafts.where);
  if (saved === 'untouched') return '';
  if (saved === 'ended') return `This can’t be saved any more. ${keptWords(where)}`;
  const cut = expired
    ? 'Your sign-in has ended: not saved since.'
    : online
      ? undefined
      : 'No connection: not saved yet.';
  if (cut !== undefined && saved !== 'saved') return `${cut} ${keptWords(where)}`;
  switch (saved) {
    case 'saving':
      return 'Saving …';
    case 'saved':
      return 'Saved. You can leave and come back.';
    case 'partly':
      return `${partlyWords(left)} ${keptWords(where)}`;
    case 'unsaved':
      return saveAtService ? `Not saved yet; it is tried again. ${keptWords(where)}` : keptWords(where);
  }
}

/** What is missing from what was saved, by name. */
function partlyWords([first, ...more]: readonly string[]): string {
  if (first === undefined) return 'Saved, but for what can’t be sent as it is.';
  const rest = more.length === 0 ? '' : ` and ${more.length} more`;
  return `Saved, all but “${isolate(first)}”${rest}, which can’t be sent as it is.`;
}

/** Where something stands that the service does not have. */
export function keptWords(where: KeptWhere | undefined): string {
  switch (where?.place) {
    case 'device':
      return `Kept on this device, encrypted, for ${where.days === 1 ? 'a day' : `${where.days} days`}, or until you sign out.`;
    case 'tab':
      return 'Kept on this device, encrypted, until you close this tab or sign out.';
    case 'page':
      return 'It stands on this page only: it is gone when you close or reload it.';
    case undefined:
      return 'It stands on this page.';
  }
}
