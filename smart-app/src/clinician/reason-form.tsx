import { useId, useState } from 'react';
import { useTextDraft } from '../forms/use-text-draft.ts';
import { Form } from '../parts/form.tsx';
import { LinesField } from '../parts/lines-field.tsx';
import { useAction } from '../parts/use-action.ts';
import { dayHasPassed, isAfter, planIsOver } from '../words/day-words.ts';

interface ReasonFormProps {
  /** What the decision is about: its reason is kept under this name until it is made. */
  readonly subject: string;
  readonly intro: string;
  readonly reasonLabel: string;
  readonly hint?: string;
  readonly optional?: boolean;
  readonly finishWords: string;
  readonly date?: {
    readonly label: string;
    readonly required: boolean;
    readonly first: string;
    /** The last day of the plan, if it has one. */
    readonly last: string | undefined;
    readonly suggested: string;
  };
  readonly onCancel: () => void;
  /** @throws ServiceProblem */
  readonly onFinish: (given: { readonly reason: string; readonly date: string }) => Promise<void>;
}

/** Asks for the reason of a decision, and for a date where the decision needs one. */
export function ReasonForm({
  subject,
  intro,
  reasonLabel,
  hint,
  optional = false,
  finishWords,
  date,
  onCancel,
  onFinish,
}: ReasonFormProps) {
  const name = useId();
  const [reason, setReason] = useTextDraft(subject);
  const [day, setDay] = useState(date?.suggested ?? '');
  const [missing, setMissing] = useState<'reason' | 'date'>();
  const { busy, problem, run } = useAction();
  const decide = async (): Promise<void> => {
    const was = await run(() => onFinish({ reason: reason.trim(), date: day }));
    if (was) setReason('');
  };
  const noReason = reason.trim() === '';
  const wrongDay = date === undefined ? undefined : problemOf(day, date);
  const finish = (): void => {
    const lacking = !optional && noReason ? 'reason' : wrongDay === undefined ? undefined : 'date';
    setMissing(lacking);
    if (lacking === undefined) void decide();
    else document.getElementById(`${name}-${lacking}`)?.focus();
  };
  return (
    <Form problem={problem} finishWords={finishWords} disabled={busy} onCancel={onCancel} onFinish={finish}>
      <p dir="auto">{intro}</p>
      <LinesField
        id={`${name}-reason`}
        label={reasonLabel}
        optional={optional}
        help={hint}
        rows={2}
        maxLength={1000}
        value={reason}
        problem={
          missing === 'reason' && noReason
            ? 'Please give a reason: it stands in the record beside the decision.'
            : undefined
        }
        onChange={setReason}
      />
      {date === undefined ? null : (
        <>
          <label htmlFor={`${name}-date`}>{date.label}</label>
          <input
            id={`${name}-date`}
            type="date"
            min={date.first}
            value={day}
            aria-invalid={missing === 'date' && wrongDay !== undefined ? true : undefined}
            aria-describedby={missing === 'date' && wrongDay !== undefined ? `${name}-day` : undefined}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
          {missing === 'date' && wrongDay !== undefined ? (
            <p className="problem" id={`${name}-day`}>
              {wrongDay}
            </p>
          ) : null}
        </>
      )}
    </Form>
  );
}

/** Why a day cannot be taken; undefined: it can. */
function problemOf(day: string, { required, first, last }: NonNullable<ReasonFormProps['date']>): string | undefined {
  if (day === '') return required ? 'Please choose a day.' : undefined;
  if (day < first) return dayHasPassed;
  return isAfter(day, last) ? planIsOver : undefined;
}
