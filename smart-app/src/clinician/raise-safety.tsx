import { useState } from 'react';
import type { Change } from '../session/use-patient-homework.ts';
import { raiseSheet } from './care-sheets.ts';

/** Lets staff raise a safety signal; to fear for someone needs no permission to write. */
export function RaiseSafety({
  patientId,
  change,
}: {
  readonly patientId: string;
  readonly change: (change: Change) => Promise<unknown>;
}) {
  const [asking, setAsking] = useState(false);
  return (
    <div className="safety-raise">
      <button type="button" className="plain small" onClick={() => setAsking(true)}>
        Worried about this patient’s safety?
      </button>
      {asking ? <raiseSheet.Part {...{ patientId, change }} onClose={() => setAsking(false)} /> : null}
    </div>
  );
}
