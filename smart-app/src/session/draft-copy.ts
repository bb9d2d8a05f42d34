import type { DraftSaid, OtherAnswers } from '../../../src/homework/log/merge-drafts.ts';

/** Something that is being written, as it stands on this device: a log by its answers, a message by its text. */
export interface DraftCopy {
  /** What it is for: one draft for each subject, e.g. an assignment's id. */
  readonly subject: string;
  readonly logId: string;
  readonly occurrenceId?: string;
  /** Absent: nobody has said yet when it was. */
  readonly performedAt?: string | undefined;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly withheld: readonly string[];
  /** What was written of it in another place, until somebody has chosen. */
  readonly others?: OtherAnswers | undefined;
  /** linkIds of predictions that stay as they were written, because an outcome was written since. */
  readonly locked?: readonly string[];
  /** False while the service does not have it yet. */
  readonly synced: boolean;
  /** When the service last took it, by its own clock. */
  readonly savedAt?: string;
  /** The version of its plan at the service with that in it; absent: kept by a page that did not know it. */
  readonly version?: number;
  /** What the service had when this device last heard of it; absent: nothing. */
  readonly base?: DraftSaid;
  /** What was sent since without an answer, the newest last: it may have arrived. */
  readonly sent?: readonly DraftSaid[];
  /** linkIds of risk answers that were given since the service last took them, though they may say what it has. */
  readonly anew?: readonly string[];
}

/** Where what is typed stands until the service has it, and for how long at most. */
export type KeptWhere =
  /** On the device, for so many days; it stays when the tab is closed. */
  | { readonly place: 'device'; readonly days: number }
  /** In the tab's own storage: gone when the tab is closed, there after a reload. */
  | { readonly place: 'tab' }
  /** Nowhere but in the open page. */
  | { readonly place: 'page' };

/** The service's half of the key, and for how long a device may keep what was not sent. */
export interface CopySecret {
  readonly key: string;
  readonly days: number;
}

/** Says, in the browser's own storage, that there is something to open. No more than that stands there in the open. */
export const keptFlag = 'intersession.unsent';
/** The tab's own storage of it, where a browser has no other. */
export const keptInTab = 'intersession.drafts';
