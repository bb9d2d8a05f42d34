import { useState } from 'react';
import type { HeldPatient, MergesView } from '../../../src/contract/app/merges.ts';
import { ageWords } from '../words/age.ts';
import { heldAdvice, heldButton, heldWords } from './integration-words.ts';
import { mergeSheet } from './overview-sheets.ts';

interface MergeSectionProps {
  readonly merges: MergesView;
  readonly mayDecide: boolean;
  readonly onDecided: (view: MergesView) => void;
}

/** Patients whom the EHR has merged, holds as inactive or has no more: what waits for it, and the decision. */
export function MergeSection({ merges, mayDecide, onDecided }: MergeSectionProps) {
  const [deciding, setDeciding] = useState<HeldPatient>();
  const { held, confirmed, now } = merges;
  if (held.length === 0 && confirmed.length === 0) return null;
  return (
    <section aria-labelledby="merges">
      <h2 id="merges">Patients who are merged or not there</h2>
      {held.length === 0 ? <p className="quiet">Nobody’s homework waits for this.</p> : null}
      {[...new Set(held.map(({ state }) => state))].map((state) => (
        <p key={state}>{heldAdvice({ state })}</p>
      ))}
      {held.length === 0 ? null : (
        <table className="facts-table" aria-labelledby="merges">
          <thead>
            <tr>
              <th scope="col">Patient</th>
              <th scope="col">What the EHR says</th>
              <th scope="col">Not landed</th>
              <th scope="col">Known for</th>
              <th scope="col">
                <span className="hidden-words">Decide</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {held.map((heldPatient) => (
              <tr key={heldPatient.patientId}>
                <th scope="row">
                  <span className="row-name">Patient/{heldPatient.patientId}</span>
                </th>
                <td data-label="What the EHR says">{heldWords(heldPatient)}</td>
                <td data-label="Not landed">{heldPatient.waiting}</td>
                <td data-label="Known for" className="age">
                  {ageWords(heldPatient.learnedAt, now)}
                </td>
                <td className="row-actions">
                  {mayDecide && heldButton(heldPatient) !== undefined ? (
                    <button type="button" className="secondary small" onClick={() => setDeciding(heldPatient)}>
                      {heldButton(heldPatient)}
                      <span className="hidden-words"> of Patient/{heldPatient.patientId}</span>
                    </button>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {confirmed.length === 0 ? null : (
        <>
          <h3>Confirmed</h3>
          <ul>
            {confirmed.map((entry) => (
              <li key={entry.patientId}>
                Patient/{entry.patientId} is Patient/{entry.survivorId}: confirmed by {entry.confirmedBy}{' '}
                {ageWords(entry.confirmedAt, now)} ago, “{entry.reason}”
              </li>
            ))}
          </ul>
        </>
      )}
      {deciding === undefined ? null : (
        <mergeSheet.Part
          held={deciding}
          onClose={() => setDeciding(undefined)}
          onDecided={(view) => {
            setDeciding(undefined);
            onDecided(view);
          }}
        />
      )}
    </section>
  );
}
