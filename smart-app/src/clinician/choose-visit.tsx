import { useState } from 'react';
import type { EncounterChoice } from '../../../src/contract/app/note.ts';
import { ProblemNotice } from '../parts/form-end.tsx';
import { useAction } from '../parts/use-action.ts';
import { expectAnswer } from '../service/answer-shape.ts';
import { useAppSession } from '../session/app-session.tsx';
import { writeDay } from '../words/dates.ts';
import { useClinicianPages } from './clinician-context.ts';
import { isEncounterList } from './note-preview.ts';

/** The visit that a filed note belongs to, where this EHR wants one named and leaves the choice to a person. */
export function ChooseVisit({ reportId }: { readonly reportId: string }) {
  const { place, mayChange, change } = useClinicianPages();
  const { call } = useAppSession();
  const [visits, setVisits] = useState<readonly EncounterChoice[]>();
  const [chosen, setChosen] = useState('');
  const { busy, problem, run } = useAction();
  const read = async (): Promise<void> => {
    const answer = await call({ method: 'GET', path: '/app/v1/encounters' });
    const { encounters: offered } = expectAnswer(answer, isEncounterList);
    setVisits(offered);
    setChosen((offered.find(({ isLaunch }) => isLaunch) ?? offered[0])?.reference ?? '');
  };
  const choose = async (): Promise<void> => {
    await change({ method: 'POST', path: `/reports/${reportId}/encounter`, body: { encounter: chosen } });
  };
  const id = `visit-${reportId}`;
  return (
    <div>
      {visits === undefined ? (
        <p>
          This note waits: it has to name the visit it belongs to.{' '}
          <button type="button" className="secondary" disabled={busy || !mayChange} onClick={() => void run(read)}>
            Choose the visit
          </button>
        </p>
      ) : visits.length === 0 ? (
        <p>There is no visit of this patient yet that you can see.</p>
      ) : (
        <p>
          <label htmlFor={id}>Visit it belongs to </label>
          <select id={id} value={chosen} onChange={({ target }) => setChosen(target.value)}>
            {visits.map(({ reference, start, isLaunch }) => (
              <option key={reference} value={reference}>
                {writeDay(start, place)}
                {isLaunch ? ', open now' : ''}
              </option>
            ))}
          </select>{' '}
          <button type="button" className="primary" disabled={busy} onClick={() => void run(choose)}>
            File it there
          </button>
        </p>
      )}
      <ProblemNotice problem={problem} />
    </div>
  );
}
