import { useRef, useState } from 'react';
import type { AppBody } from '../../../src/contract/app/bodies.ts';
import { defined } from '../../../src/foundation/defined.ts';
import type { RetriedTogether } from '../../../src/homework/ledger/ledger-state.ts';
import { useTextDraft } from '../forms/use-text-draft.ts';
import { FormSheet } from '../parts/form-sheet.tsx';
import { useAction } from '../parts/use-action.ts';
import { expectAnswer } from '../service/answer-shape.ts';
import { useAppSession } from '../session/app-session.tsx';
import { lookAgain, lookWhether, retry, retryMended } from './decisions.ts';
import { ReasonField } from './reason-field.tsx';
import { refusalWords } from './refusal-words.ts';
import { isRetried } from './view-shapes.ts';

interface RetryManySheetProps {
  /** How many rows there are. */
  readonly count: number;
  readonly which: Omit<AppBody<'POST /ledger/retry'>, 'reason' | 'cursor'>;
  readonly onClose: () => void;
  /** @param words what was done */
  readonly onDone: (words: string) => void;
}

/** What happens to each of them, as of one. */
const effects: Readonly<Record<RetriedTogether, string>> = {
  rejected: retryMended.effect,
  waiting: lookWhether.effect,
  pending: retry.effect,
  unknown: lookAgain.effect,
  'awaiting-review': lookAgain.effect,
};

/** Tries many rows again, with one reason, a hundred at a time; it can be stopped in between, and gone on with. */
export function RetryManySheet({ count, which, onClose, onDone }: RetryManySheetProps) {
  const { call, expired } = useAppSession();
  const [reason, setReason] = useTextDraft(`retry-many:${which.state}`);
  const [asked, setAsked] = useState(false);
  const noReason = reason.trim() === '';
  const { busy, problem, run } = useAction(refusalWords);
  const [progress, setProgress] = useState<Progress>({ tried: 0, left: 0 });
  const stopped = useRef(false);
  const retryAll = async (): Promise<void> => {
    setAsked(true);
    if (noReason) return;
    stopped.current = false;
    let { tried, left, next } = progress;
    await run(async () => {
      do {
        const body = { ...which, reason: reason.trim(), ...defined({ cursor: next }) };
        const came = expectAnswer(await call({ method: 'POST', path: '/app/v1/ledger/retry', body }), isRetried);
        tried += came.tried;
        left += came.left;
        next = came.next;
        setProgress({ tried, left, ...defined({ next }) });
      } while (next !== undefined && !stopped.current);
      if (next !== undefined) return;
      setReason('');
      onDone(doneWords(tried, left));
    });
  };
  const close = (): void => {
    stopped.current = true;
    onClose();
  };
  const begun = progress.next !== undefined;
  return (
    <FormSheet
      title={`Try ${count} rows again`}
      problem={problem}
      finishWords={begun ? 'Go on' : `Try ${count} again`}
      disabled={busy || expired}
      onClose={close}
      onFinish={retryAll}
    >
      <p>
        {count} rows{which.artefact === undefined ? '' : ` (${which.artefact})`} are {which.state}. Of each:{' '}
        {effects[which.state]}
      </p>
      <p className="undo">{retry.undo} What has moved on by itself meanwhile is left as it is.</p>
      <ReasonField
        name="retry-many"
        keptWith="the attempts of each row"
        reason={reason}
        missing={asked && noReason}
        onChange={setReason}
      />
      <p className="quiet" role="status">
        {busy || begun ? `${progress.tried + progress.left} of ${count} …` : ''}
      </p>
      {busy ? (
        <button type="button" className="secondary" onClick={() => (stopped.current = true)}>
          Stop after these
        </button>
      ) : null}
    </FormSheet>
  );
}

interface Progress {
  readonly tried: number;
  readonly left: number;
  readonly next?: string;
}

function doneWords(tried: number, left: number): string {
  const moved = left === 0 ? '' : ` ${left} had moved on by ${left === 1 ? 'itself' : 'themselves'}.`;
  return `Noted: ${tried} ${tried === 1 ? 'row is' : 'rows are'} tried again.${moved}`;
}
