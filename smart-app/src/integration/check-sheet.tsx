import { useState } from 'react';
import type { CheckView } from '../../../src/contract/app/ledger.ts';
import { useTextDraft } from '../forms/use-text-draft.ts';
import { FormSheet } from '../parts/form-sheet.tsx';
import { useAction } from '../parts/use-action.ts';
import { expectAnswer } from '../service/answer-shape.ts';
import { useAppSession } from '../session/app-session.tsx';
import { ReasonField } from './reason-field.tsx';
import { refusalWords } from './refusal-words.ts';
import { isCheck } from './view-shapes.ts';

interface CheckSheetProps {
  readonly words: { readonly title: string; readonly effect: string };
  readonly onClose: () => void;
  readonly onStarted: (view: CheckView) => void;
}

/** Asks why the ledger is to be repaired, says what that does and what it leaves alone, and begins it. */
export function CheckSheet({ words, onClose, onStarted }: CheckSheetProps) {
  const { call, expired } = useAppSession();
  const [reason, setReason] = useTextDraft('ledger-check');
  const [tried, setTried] = useState(false);
  const { busy, problem, run } = useAction(refusalWords);
  const noReason = reason.trim() === '';
  const send = async (): Promise<void> => {
    setTried(true);
    if (noReason) return;
    await run(async () => {
      const body = { repair: true, reason: reason.trim() };
      const answer = await call({ method: 'POST', path: '/app/v1/ledger/check', body });
      const view = expectAnswer(answer, isCheck);
      setReason('');
      onStarted(view);
    });
  };
  return (
    <FormSheet
      title={words.title}
      problem={problem}
      finishWords={words.title}
      disabled={busy || expired}
      onClose={onClose}
      onFinish={send}
    >
      <p>Every row is held against the EHR once more. {words.effect}</p>
      <p className="undo">What was written there cannot be called back from here.</p>
      <ReasonField
        name="check"
        keptWith="the attempts"
        reason={reason}
        missing={tried && noReason}
        onChange={setReason}
      />
    </FormSheet>
  );
}
