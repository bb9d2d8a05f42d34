import { useState } from 'react';
import { reportedRuleCodes, safetyRules } from '../../../src/homework/safety/safety-signal.ts';
import { useTextDraft } from '../forms/use-text-draft.ts';
import { ProblemNotice } from '../parts/form-end.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { useAction } from '../parts/use-action.ts';
import type { Change } from '../session/use-patient-homework.ts';

interface RaiseSafetySheetProps {
  readonly patientId: string;
  readonly change: (change: Change) => Promise<unknown>;
  readonly onClose: () => void;
}

/** What a safety signal does, what it is about, and that it is raised. */
export function RaiseSafetySheet({ patientId, change, onClose }: RaiseSafetySheetProps) {
  const [rule, setRule] = useState<(typeof reportedRuleCodes)[number]>('other-concern');
  const [text, setText] = useTextDraft(`raise-safety:${patientId}`);
  const { busy, problem, run } = useAction();
  const raise = async (): Promise<void> => {
    const said = text.trim();
    const body = { rule, ...(said === '' ? {} : { text: said }) };
    if (!(await run(() => change({ method: 'POST', path: '/safety-signals', body })))) return;
    setText('');
    onClose();
  };
  return (
    <Sheet title="Raise a safety signal" onClose={onClose}>
      <p>
        It stands on top of this patient’s pages and of the worklist, goes to the chart in every way the EHR offers, and
        keeps steps locked until a clinician closes it with a reason. Nobody watches round the clock: what cannot wait
        needs a call as well.
      </p>
      <fieldset className="safety-rules">
        <legend>What worries you?</legend>
        {reportedRuleCodes.map((code) => (
          <label key={code}>
            <input type="radio" name="safety-rule" checked={rule === code} onChange={() => setRule(code)} />
            <span>{safetyRules[code]}</span>
          </label>
        ))}
      </fieldset>
      <label htmlFor="safety-text">What was seen or said (optional)</label>
      <p className="quiet" id="safety-text-hint">
        Colleagues read it beside the signal, and it goes to the chart with it. The patient does not see it here.
      </p>
      <textarea
        id="safety-text"
        aria-describedby="safety-text-hint"
        rows={3}
        maxLength={2000}
        dir="auto"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <ProblemNotice problem={problem} />
      <div className="buttons">
        <button type="button" className="primary" disabled={busy} onClick={() => void raise()}>
          Raise it
        </button>
        <button type="button" className="plain" onClick={onClose}>
          Cancel
        </button>
      </div>
    </Sheet>
  );
}
