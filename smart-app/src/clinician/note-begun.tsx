import type { LedgerView } from '../../../src/contract/app/plan-view.ts';
import { Notice } from '../parts/tone.tsx';

interface NoteBegunProps {
  readonly mayGoOn: boolean;
  readonly onGoOn: () => void;
  readonly onGiveUp: () => void;
}

/** That a note was written in and not filed, whatever time it tells of: nobody else knows of it. */
export function NoteBegun({ mayGoOn, onGoOn, onGiveUp }: NoteBegunProps) {
  return (
    <Notice tone="care" title="You began to write in a note">
      <p>It is not filed. What you wrote is kept.</p>
      <div className="buttons">
        <button type="button" className="primary" disabled={!mayGoOn} onClick={onGoOn}>
          Go on with it
        </button>
        <button type="button" className="plain" onClick={onGiveUp}>
          Leave it out for good
        </button>
      </div>
    </Notice>
  );
}

/** Where a note that was just filed stands by now. */
export function filedWords(ledger: readonly LedgerView[], reportId: string | undefined): string {
  const row = ledger.find(({ artefact, id }) => artefact === 'report' && id === reportId);
  switch (row?.state) {
    case 'pending':
    case 'in-flight':
      return 'It is on its way to the chart.';
    case 'landed':
      return row.landing === 'app-only' ? 'It is kept here in Intersession only.' : 'It is in the chart.';
    default:
      return '“Where this stands” says where it is.';
  }
}
