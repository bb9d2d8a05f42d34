import { useEffect, useState } from 'react';
import type { CheckView, LedgerRow } from '../../../src/contract/app/ledger.ts';
import { nextRepair, personTodo } from '../../../src/homework/ledger/repair-of.ts';
import { Notice } from '../parts/tone.tsx';
import { ageWords } from '../words/age.ts';
import { checkWords, differenceWords, meanwhileWords, repairWords } from './check-words.ts';
import { checkSheet } from './overview-sheets.ts';

/** Between two looks at a check that is under way. */
const lookAgainMs = 3000;

interface CheckSectionProps {
  readonly view: CheckView;
  readonly mayDecide: boolean;
  readonly busy: boolean;
  readonly onCheck: () => void;
  /** Asks again how far it is. */
  readonly onReload: () => void;
  readonly onOpen: (row: Pick<LedgerRow, 'artefact' | 'id'>) => void;
  readonly onStarted: (view: CheckView) => void;
}

/** Whether the EHR holds what the ledger says, as of the last check; a new one, and the repair. */
export function CheckSection({ view, mayDecide, busy, onCheck, onReload, onOpen, onStarted }: CheckSectionProps) {
  const [repairing, setRepairing] = useState<keyof typeof repairWords>();
  const { check, differences, next, now } = view;
  const repair = check?.state === 'finished' ? nextRepair(check, { differences, more: next !== undefined }) : undefined;
  const underWay = check !== null && check.state !== 'finished';
  useEffect(() => {
    // each answer is a view of its own, also when it says the same
    if (view.check?.state !== 'running') return undefined;
    const timer = setTimeout(onReload, lookAgainMs);
    return () => clearTimeout(timer);
  }, [view, onReload]);
  return (
    <section aria-labelledby="ledger-check">
      <h2 id="ledger-check">Does the EHR hold what the ledger says?</h2>
      <p>{checkWords(check, (at) => ageWords(at, now))}</p>
      {check?.problem === null || check === null ? null : (
        <Notice tone="care">
          <p>It waits: {check.problem}. It goes on by itself.</p>
        </Notice>
      )}
      {differences.length === 0 ? null : (
        <table className="facts-table" aria-labelledby="ledger-check">
          <thead>
            <tr>
              <th scope="col">Row</th>
              <th scope="col">What differs</th>
              <th scope="col">In the EHR</th>
              <th scope="col">
                <span className="hidden-words">Look closer</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {differences.map((difference) => (
              <tr key={`${difference.artefact}/${difference.id}/${difference.kind}`}>
                <th scope="row">
                  <span className="row-name">{difference.artefact}</span>
                  <span className="row-id">{difference.id}</span>
                </th>
                <td data-label="What differs">
                  {differenceWords[difference.kind] ?? difference.kind}: {difference.detail}
                  {difference.repaired === null ? null : <> – {difference.repaired}</>}
                  {difference.meanwhile === null ? null : <span>{meanwhileWords[difference.meanwhile]}</span>}
                  <PersonTodo difference={difference} />
                </td>
                <td data-label="In the EHR">
                  {[difference.reference, ...difference.others].filter(Boolean).join(', ')}
                </td>
                <td className="row-actions">
                  <button type="button" className="secondary small" onClick={() => onOpen(difference)}>
                    Open
                    <span className="hidden-words">
                      {' '}
                      {difference.artefact} {difference.id}
                    </span>
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {next === undefined ? null : <p className="quiet">There are more: “ledger check --json” lists all of them.</p>}
      {mayDecide ? (
        <div className="buttons">
          <button type="button" className="secondary" disabled={busy || underWay} onClick={onCheck}>
            Check now
          </button>
          {repair === undefined ? null : (
            <button type="button" className="secondary" onClick={() => setRepairing(repair)}>
              {repairWords[repair].title}
            </button>
          )}
        </div>
      ) : null}
      {repairing === undefined ? null : (
        <checkSheet.Part
          words={repairWords[repairing]}
          onClose={() => setRepairing(undefined)}
          onStarted={(started) => {
            setRepairing(undefined);
            onStarted(started);
          }}
        />
      )}
    </section>
  );
}

/** What a person has to do about it, where no repair can. */
function PersonTodo({ difference }: { readonly difference: CheckView['differences'][number] }) {
  const todo = personTodo(difference);
  return todo === undefined ? null : <span>{todo}</span>;
}
