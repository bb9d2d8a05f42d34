import type { RosterRow } from '../../../src/contract/app/roster.ts';
import { type Place, writeDay } from '../words/dates.ts';
import { isolate } from '../words/isolate.ts';
import { setAsideWords } from './roster-words.ts';

interface RowContactProps {
  readonly row: RosterRow;
  readonly now: string;
  readonly place: Place;
}

/** The latest contact with a patient: who, when, what was said, and until when it has set them aside. */
export function RowContact({ row, now, place }: RowContactProps) {
  const { contact } = row;
  if (contact === undefined) return <span className="quiet">none yet</span>;
  const aside = asideWords(row, now, place);
  const signal = row.reasons.find(({ code }) => code === 'safety');
  const signalAt = signal?.toldAgain ?? signal?.latest ?? signal?.since;
  return (
    <>
      <span>
        {writeDay(contact.at, place)}, <bdi>{contact.by}</bdi>
      </span>
      <span className="quiet contact-note" dir="auto">
        {contact.note}
      </span>
      {signalAt === undefined || signalAt <= contact.at ? null : (
        <span className="aside-words">
          Before {signal?.toldAgain === undefined ? signalWords(row) : 'it was told of again'}
        </span>
      )}
      {aside === undefined ? null : <span className="aside-words">{aside}</span>}
    </>
  );
}

function signalWords({ openSignals }: RosterRow): string {
  return openSignals === 1 ? 'the safety signal' : 'the last safety signal';
}

function asideWords({ contact, asideUntil, openSignals }: RosterRow, now: string, place: Place): string | undefined {
  if (asideUntil !== undefined) return setAsideWords({ openSignals }, writeDay(asideUntil, place));
  if (contact?.ended !== undefined)
    return `Put back on ${writeDay(contact.ended.at, place)} by ${isolate(contact.ended.by)}`;
  if (contact?.snoozeUntil === undefined || contact.snoozeUntil <= now) return undefined;
  return `Was set aside until ${writeDay(contact.snoozeUntil, place)}; back, because something new has happened`;
}
