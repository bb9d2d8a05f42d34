import { type Because, isWaitingFor, type RowReason, type WaitingFor } from '../../homework/ledger/row-reason.ts';
import { sayReason } from './reason-words.ts';

/** What the record says of why a row stands as it does. */
interface Standing {
  readonly why: RowReason | null;
  readonly words: string | null;
}

/** The same as it is answered: a clause for people, and codes for programs. */
export interface ReasonView {
  readonly reason: string | null;
  readonly waitingFor: WaitingFor | null;
  readonly because: Because | null;
}

/** A ledger row, or several told as one, as it is answered: its code, and the words for it. */
export function ledgerView<Row extends Standing>({ why, words, ...row }: Row): Omit<Row, keyof Standing> & ReasonView {
  const waits = why !== null && isWaitingFor(why);
  return { ...row, reason: words ?? sayReason(why), waitingFor: waits ? why : null, because: waits ? null : why };
}
