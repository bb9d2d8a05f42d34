import { useId, useState } from 'react';
import { defined } from '../../../src/foundation/defined.ts';
import type { BarrierCode } from '../../../src/homework/model.ts';
import { barrierCodes } from '../../../src/homework/plan/barrier.ts';
import { useTextDraft } from '../forms/use-text-draft.ts';
import { problemOf } from '../service/service-problem.ts';
import { useAppSession } from '../session/app-session.tsx';
import { changeProblem } from '../words/problem-words.ts';
import { barrierWords } from '../words/status-words.ts';
import { FormEnd } from './form-end.tsx';

interface BarrierFormProps {
  readonly subject: string;
  /** For what it is said, where that can be several things: a note that is gone on with is gone on with as that. */
  readonly saying?: string;
  readonly title: string;
  readonly finishWords: string;
  readonly onCancel: () => void;
  /** @throws ServiceProblem */
  readonly onFinish: (barrier: { readonly code: BarrierCode; readonly text?: string }) => Promise<void>;
}

/** What stands in the way, in one touch and, if one likes, in one's own words. */
export function BarrierForm({ subject, saying, title, finishWords, onCancel, onFinish }: BarrierFormProps) {
  const name = useId();
  const { session, expired, drafts } = useAppSession();
  const [code, setCode] = useState(() => codeIn(drafts.peek(subject)[0]?.answers.code));
  const [text, setText] = useTextDraft(subject, defined({ code, saying }));
  const [problem, setProblem] = useState<string>();
  const patient = session.role === 'patient';
  const finish = async (): Promise<void> => {
    if (code === undefined) {
      setProblem('Please choose what comes closest.');
      return;
    }
    try {
      await onFinish({ code, ...(text.trim() === '' ? {} : { text: text.trim() }) });
      setText('');
    } catch (error) {
      setProblem(changeProblem(problemOf(error)));
    }
  };
  return (
    <form
      className="card barrier-form"
      onSubmit={(event) => {
        event.preventDefault();
        void finish();
      }}
    >
      <fieldset>
        <legend>{title}</legend>
        <p className="help">
          {patient ? 'No blame: it helps to find a step that fits.' : 'In the patient’s words if you can.'}
        </p>
        <div className="choices compact">
          {barrierCodes.map((barrierCode) => (
            <label key={barrierCode} className="big-choice">
              <input type="radio" name={name} checked={code === barrierCode} onChange={() => setCode(barrierCode)} />
              <span>{patient ? barrierWords[barrierCode].said : barrierWords[barrierCode].short}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <label htmlFor={`${name}-text`}>
        {patient ? 'In your own words' : 'What the patient said'} <span className="optional">(if you like)</span>
      </label>
      <textarea
        id={`${name}-text`}
        dir="auto"
        rows={2}
        maxLength={10_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <FormEnd problem={problem} finishWords={finishWords} disabled={expired} onCancel={onCancel} />
    </form>
  );
}

function codeIn(kept: unknown): BarrierCode | undefined {
  return barrierCodes.find((code) => code === kept);
}
