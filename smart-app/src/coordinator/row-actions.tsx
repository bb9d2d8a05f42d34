import { useEffect, useRef } from 'react';
import type { RosterRow } from '../../../src/contract/app/roster.ts';
import { calledWords } from './roster-words.ts';
import type { Opening } from './use-open-patient.ts';

interface RowActionsProps {
  readonly row: RosterRow;
  readonly busy: boolean;
  readonly opening: Opening;
  readonly onOpen: (row: RosterRow) => void;
  readonly onContact: (row: RosterRow) => void;
  readonly onBack: (row: RosterRow) => void;
}

/** What can be done with one patient of the list; and, beside the button that was pressed, why they could not be opened. */
export function RowActions({ row, busy, opening, onOpen, onContact, onBack }: RowActionsProps) {
  const { patientId, mayOpen } = row;
  const called = calledWords(row);
  const isOpening = opening.patientId === patientId && opening.refused === undefined;
  const refused = opening.patientId === patientId ? opening.refused : undefined;
  return (
    <>
      {mayOpen ? (
        <>
          <button
            type="button"
            id={`open-${patientId}`}
            className="secondary small"
            aria-disabled={isOpening ? true : undefined}
            onClick={() => {
              if (!isOpening) onOpen(row);
            }}
          >
            {isOpening ? 'Opening …' : 'Open'}
            <span className="hidden-words"> {called}</span>
          </button>
          <Refused words={refused} />
          <button type="button" className="plain small" onClick={() => onContact(row)}>
            Note a contact<span className="hidden-words"> with {called}</span>
          </button>
          {row.asideUntil === undefined ? null : (
            <button type="button" className="plain small" disabled={busy} onClick={() => onBack(row)}>
              {row.openSignals > 0 ? 'Do not set aside' : 'Put back'}
              <span className="hidden-words">
                {' '}
                {called}
                {row.openSignals > 0 ? '' : ' on the list'}
              </span>
            </button>
          )}
        </>
      ) : refused === undefined ? (
        <span className="quiet">The EHR does not let you open this chart.</span>
      ) : (
        <Refused words={refused} takesFocus />
      )}
    </>
  );
}

/** Announced; where its button is gone it takes the focus, which would be lost. */
export function Refused({
  words,
  takesFocus = false,
}: {
  readonly words: string | undefined;
  readonly takesFocus?: boolean;
}) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takesFocus && words !== undefined) place.current?.focus();
  }, [takesFocus, words]);
  return (
    <div ref={place} role="alert" tabIndex={-1} className="row-refused">
      {words === undefined ? null : <p className="problem">{words}</p>}
    </div>
  );
}
