import { useState } from 'react';
import type { HeldPatient, MergesView } from '../../../src/contract/app/merges.ts';
import { useTextDraft } from '../forms/use-text-draft.ts';
import { FormSheet } from '../parts/form-sheet.tsx';
import { useAction } from '../parts/use-action.ts';
import { expectAnswer } from '../service/answer-shape.ts';
import type { ServiceProblem } from '../service/service-problem.ts';
import { useAppSession } from '../session/app-session.tsx';
import { changeProblem } from '../words/problem-words.ts';
import { ReasonField } from './reason-field.tsx';
import { isMerges } from './view-shapes.ts';

interface MergeSheetProps {
  readonly held: HeldPatient;
  readonly onClose: () => void;
  readonly onDecided: (view: MergesView) => void;
}

const idPattern = /^[A-Za-z0-9.-]{1,64}$/;

/** Asks who the patient is now and why, says what will happen, and has the merge confirmed. */
export function MergeSheet({ held, onClose, onDecided }: MergeSheetProps) {
  const { call, expired } = useAppSession();
  const { patientId, plans } = held;
  const gone = held.state === 'gone';
  const finishWords = gone ? 'This is their record now' : 'Confirm the merge';
  const [survivorId, setSurvivorId] = useState(held.survivorId ?? '');
  const [reason, setReason] = useTextDraft(`merge:${patientId}`);
  const [tried, setTried] = useState(false);
  const { busy, problem, run } = useAction(mergeRefusal);
  const noSurvivor = !idPattern.test(survivorId.trim());
  const noReason = reason.trim() === '';
  const send = async (): Promise<void> => {
    setTried(true);
    if (noSurvivor || noReason) return;
    await run(async () => {
      const answer = await call({
        method: 'POST',
        path: `/app/v1/merges/${patientId}/confirm`,
        body: { survivorId: survivorId.trim(), reason: reason.trim() },
      });
      const view = expectAnswer(answer, isMerges);
      setReason('');
      onDecided(view);
    });
  };
  return (
    <FormSheet
      title={gone ? 'Name their other record' : 'Confirm the merge'}
      problem={problem}
      finishWords={finishWords}
      disabled={busy || expired}
      onClose={onClose}
      onFinish={send}
    >
      <p className="row-id">Patient/{patientId}</p>
      {gone ? (
        <p>
          The EHR no longer has this record, so it cannot say who the patient is now. It counts only if the record that
          goes on says there that it replaces this one. If there is none, close this: what waits stays here and is not
          sent.
        </p>
      ) : null}
      <p>
        {plans === 1
          ? 'The plan of this patient, with everything that belongs to it, becomes the survivor’s'
          : `All ${plans} plans of this patient, with everything that belongs to them, become the survivor’s`}
        , here and in the EHR. The EHR is asked first, and must itself say that the two are one.
      </p>
      <p className="undo">This cannot be undone here: look at both records in the EHR before you say so.</p>
      <label htmlFor="merge-survivor">Who the patient is now</label>
      <p className="help" id="merge-survivor-help">
        The id of the record that goes on, as in Patient/<em>17</em>
      </p>
      <input
        id="merge-survivor"
        type="text"
        dir="auto"
        autoComplete="off"
        spellCheck={false}
        maxLength={64}
        value={survivorId}
        aria-invalid={tried && noSurvivor ? true : undefined}
        aria-describedby={tried && noSurvivor ? 'merge-survivor-help merge-survivor-wrong' : 'merge-survivor-help'}
        onChange={(event) => setSurvivorId(event.currentTarget.value)}
      />
      {tried && noSurvivor ? (
        <p className="problem" id="merge-survivor-wrong">
          Please give the id of the other record.
        </p>
      ) : null}
      <ReasonField name="merge" keptWith="the merge" reason={reason} missing={tried && noReason} onChange={setReason} />
    </FormSheet>
  );
}

/** The service says why in its own words: the EHR names somebody else, something is being sent. */
function mergeRefusal(refusal: ServiceProblem): string {
  return refusal.code === 'not-supported' ? refusal.message : changeProblem(refusal);
}
