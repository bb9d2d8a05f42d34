import { useState } from 'react';
import type { NotedContact, RosterRow } from '../../../src/contract/app/roster.ts';
import { defined } from '../../../src/foundation/defined.ts';
import { addDays, dayOf } from '../../../src/homework/schedule/day-end.ts';
import { useTextDraft } from '../forms/use-text-draft.ts';
import { FormSheet } from '../parts/form-sheet.tsx';
import { LinesField } from '../parts/lines-field.tsx';
import { Notice } from '../parts/tone.tsx';
import { useAction } from '../parts/use-action.ts';
import { expectAnswer, shaped, text } from '../service/answer-shape.ts';
import { problemOf } from '../service/service-problem.ts';
import { useAppSession } from '../session/app-session.tsx';
import { type Place, writeDate, writeTime } from '../words/dates.ts';
import { calledWords, setAsideWords } from './roster-words.ts';
import type { Noted } from './use-contacts.ts';

interface ContactSheetProps {
  readonly row: RosterRow;
  readonly now: string;
  readonly place: Place;
  readonly onClose: () => void;
  /** Somebody else was quicker: the list is to be read anew. */
  readonly onOvertaken: () => void;
  readonly onNoted: (noted: Noted) => void;
}

const isNoted = shaped<NotedContact>({ id: text, undoUntil: text });

const rests = [
  { days: 0, words: 'Keep on the list' },
  { days: 2, words: 'for 2 days' },
  { days: 7, words: 'for a week' },
  { days: 14, words: 'for two weeks' },
] as const;

/** Notes that somebody was in contact with a patient, and sets the patient aside for a while if that is wanted. */
export function ContactSheet({ row, now, place, onClose, onNoted, onOvertaken }: ContactSheetProps) {
  const { call, expired } = useAppSession();
  const called = calledWords(row);
  const [note, setNote] = useTextDraft(`contact:${row.patientId}`);
  const [days, setDays] = useState(0);
  const [missing, setMissing] = useState(false);
  const { busy, problem, run } = useAction();
  // somebody was quicker: what they noted is shown, and this one is kept beside it when it is sent again
  const [overtaken, setOvertaken] = useState(false);
  const today = dayOf(now, place.timeZone);
  const send = async (): Promise<void> => {
    setMissing(note.trim() === '');
    if (note.trim() === '') return;
    const snoozeUntil = days === 0 ? undefined : addDays(today, days);
    const body = {
      ...{ patientId: row.patientId, note: note.trim() },
      ...defined({ snoozeUntil, after: overtaken ? undefined : (row.contact?.id ?? null) }),
    };
    let noted: NotedContact | undefined;
    const was = await run(async () => {
      try {
        noted = expectAnswer(await call({ method: 'POST', path: '/app/v1/contacts', body }), isNoted);
      } catch (error) {
        if (problemOf(error).code !== 'version-conflict') throw error;
        setOvertaken(true);
        onOvertaken();
      }
    });
    if (!was || noted === undefined) return;
    setNote('');
    const until = snoozeUntil === undefined ? '' : ` ${setAsideWords(row, writeDate(snoozeUntil, place))}.`;
    onNoted({ ...noted, words: `Contact with ${called} noted.${until}` });
  };
  return (
    <FormSheet
      title={`Contact with ${called}`}
      problem={problem}
      finishWords="Save"
      disabled={busy || expired}
      onClose={onClose}
      onFinish={send}
    >
      <LinesField
        id="contact-note"
        label="What was said"
        rows={3}
        maxLength={1000}
        value={note}
        problem={missing ? 'Please write a few words, so that the next person knows.' : undefined}
        onChange={setNote}
      />
      <fieldset className="choices compact">
        <legend>Set aside</legend>
        {rests.map((rest) => (
          <label key={rest.days} className="big-choice">
            <input type="radio" name="rest" checked={days === rest.days} onChange={() => setDays(rest.days)} />
            <span>
              {rest.days === 0 ? rest.words : `${rest.words}, until ${writeDate(addDays(today, rest.days), place)}`}
            </span>
          </label>
        ))}
      </fieldset>
      {row.openSignals > 0 ? (
        <p className="quiet">
          Only a clinician closes a safety signal. While one is open, {called} stays on the list, and is not set aside.
        </p>
      ) : null}
      {overtaken ? (
        <Notice tone="care" live="alert" title="A colleague has noted a contact meanwhile">
          {row.contact === undefined ? null : (
            <p>
              <bdi>{row.contact.by}</bdi>, {writeTime(row.contact.at, place)}: <bdi>{row.contact.note}</bdi>
            </p>
          )}
          <p>Yours is not saved yet. Save it again to keep both.</p>
        </Notice>
      ) : null}
    </FormSheet>
  );
}
