import { useState } from 'react';
import type { RosterRow } from '../../../src/contract/app/roster.ts';
import { addDays, dayOf } from '../../../src/homework/schedule/day-end.ts';
import { useTextDraft } from '../forms/use-text-draft.ts';
import { FormEnd } from '../parts/form-end.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { useAction } from '../parts/use-action.ts';
import { expectAnswer, isNothing } from '../service/answer-shape.ts';
import { useAppSession } from '../session/app-session.tsx';
import { type Place, writeDate } from '../words/dates.ts';

interface ContactSheetProps {
  readonly row: RosterRow;
  readonly now: string;
  readonly place: Place;
  readonly onClose: () => void;
  readonly onNoted: () => void;
}

const rests = [
  { days: 0, words: 'Keep on the list' },
  { days: 2, words: 'for 2 days' },
  { days: 7, words: 'for a week' },
  { days: 14, words: 'for two weeks' },
] as const;

/** Notes that somebody was in contact with a patient, and sets the patient aside for a while if that is wanted. */
export function ContactSheet({ row, now, place, onClose, onNoted }: ContactSheetProps) {
  const { call, expired } = useAppSession();
  const [note, setNote] = useTextDraft(`contact:${row.patientId}`);
  const [days, setDays] = useState(0);
  const [missing, setMissing] = useState(false);
  const { busy, problem, run } = useAction();
  const today = dayOf(now, place.timeZone);
  const send = async (): Promise<void> => {
    setMissing(note.trim() === '');
    if (note.trim() === '') return;
    const body = {
      patientId: row.patientId,
      note: note.trim(),
      ...(days === 0 ? {} : { snoozeUntil: addDays(today, days) }),
    };
    const was = await run(async () =>
      expectAnswer(await call({ method: 'POST', path: '/app/v1/contacts', body }), isNothing),
    );
    if (!was) return;
    setNote('');
    onNoted();
  };
  return (
    <Sheet title={`Contact with ${row.name}`} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <label htmlFor="contact-note">What was said</label>
        <textarea
          id="contact-note"
          rows={3}
          maxLength={1000}
          value={note}
          aria-invalid={missing ? true : undefined}
          aria-describedby={missing ? 'contact-missing' : undefined}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {missing ? (
          <p className="problem" id="contact-missing">
            Please write a few words, so that the next person knows.
          </p>
        ) : null}
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
        <FormEnd problem={problem} finishWords="Save" disabled={busy || expired} onCancel={onClose} />
      </form>
    </Sheet>
  );
}
