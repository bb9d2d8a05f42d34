import { useState } from 'react';
import type { LedgerRow, RowView } from '../../../src/contract/app/ledger.ts';
import { isEhrReference } from '../../../src/foundation/ehr-id.ts';
import { useTextDraft } from '../forms/use-text-draft.ts';
import { FormSheet } from '../parts/form-sheet.tsx';
import { useAction } from '../parts/use-action.ts';
import { expectAnswer } from '../service/answer-shape.ts';
import { useAppSession } from '../session/app-session.tsx';
import type { Decision } from './decisions.ts';
import { ReasonField } from './reason-field.tsx';
import { refusalWords } from './refusal-words.ts';
import { isRow } from './view-shapes.ts';

interface DecisionSheetProps {
  readonly row: LedgerRow;
  readonly decision: Decision;
  readonly onClose: () => void;
  readonly onDecided: (view: RowView) => void;
}

/** Asks for the reason of a decision, says what will happen and whether it can be undone, and has it carried out. */
export function DecisionSheet({ row, decision, onClose, onDecided }: DecisionSheetProps) {
  const { call, expired } = useAppSession();
  const { verb, words, effect, undo, needsReference, notThere } = decision;
  const [reason, setReason] = useTextDraft(`decision:${words}:${row.artefact}/${row.id}`);
  const [reference, setReference] = useState('');
  const [tried, setTried] = useState(false);
  const { busy, problem, run } = useAction(refusalWords);
  const noReason = reason.trim() === '';
  const noReference = needsReference && !isEhrReference(reference.trim());
  const send = async (): Promise<void> => {
    setTried(true);
    if (noReason || noReference) return;
    await run(async () => {
      const answer = await call({
        method: 'POST',
        path: `/app/v1/ledger/${row.artefact}/${row.id}/${verb}`,
        body: {
          reason: reason.trim(),
          ...(needsReference ? { reference: reference.trim() } : {}),
          ...(notThere ? { notThere } : {}),
        },
      });
      const view = expectAnswer(answer, isRow);
      setReason('');
      onDecided(view);
    });
  };
  return (
    <FormSheet
      title={words}
      problem={problem}
      finishWords={words}
      disabled={busy || expired}
      onClose={onClose}
      onFinish={send}
    >
      <p className="row-id">
        {row.artefact} {row.id}
      </p>
      <p>{effect}</p>
      <p className="undo">{undo}</p>
      {needsReference ? (
        <>
          <label htmlFor="decision-reference">Where it stands in the EHR</label>
          <p className="help" id="decision-reference-help">
            Type and id, as in {row.resourceType}/17
          </p>
          <input
            id="decision-reference"
            type="text"
            dir="auto"
            autoComplete="off"
            spellCheck={false}
            maxLength={128}
            value={reference}
            aria-invalid={tried && noReference ? true : undefined}
            aria-describedby={
              tried && noReference ? 'decision-reference-help decision-reference-wrong' : 'decision-reference-help'
            }
            onChange={(event) => setReference(event.currentTarget.value)}
          />
          {tried && noReference ? (
            <p className="problem" id="decision-reference-wrong">
              Please give a reference like {row.resourceType}/17.
            </p>
          ) : null}
        </>
      ) : null}
      <ReasonField
        name="decision"
        keptWith="the attempts"
        reason={reason}
        missing={tried && noReason}
        onChange={setReason}
      />
    </FormSheet>
  );
}
