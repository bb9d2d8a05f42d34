import { useId, useState } from 'react';
import { defined } from '../../../src/foundation/defined.ts';
import type { BarrierCode } from '../../../src/homework/model.ts';
import { barrierCodes } from '../../../src/homework/plan/barrier.ts';
import { useTextDraft } from '../forms/use-text-draft.ts';
import { useAppSession } from '../session/app-session.tsx';
import { barrierWords } from '../words/status-words.ts';
import { Form } from './form.tsx';
import { LinesField } from './lines-field.tsx';
import { useAction } from './use-action.ts';

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
  const [tried, setTried] = useState(false);
  const { busy, problem, run } = useAction();
  const patient = session.role === 'patient';
  const finish = async (): Promise<void> => {
    setTried(true);
    if (code === undefined) return;
    const was = await run(() => onFinish({ code, ...(text.trim() === '' ? {} : { text: text.trim() }) }));
    if (was) setText('');
  };
  return (
    <Form
      className="card barrier-form"
      problem={tried && code === undefined ? 'Please choose what comes closest.' : problem}
      finishWords={finishWords}
      disabled={busy || expired}
      onCancel={onCancel}
      onFinish={finish}
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
      <LinesField
        id={`${name}-text`}
        label={patient ? 'In your own words' : 'What the patient said'}
        optional
        rows={2}
        maxLength={10_000}
        value={text}
        onChange={setText}
      />
    </Form>
  );
}

function codeIn(kept: unknown): BarrierCode | undefined {
  return barrierCodes.find((code) => code === kept);
}
