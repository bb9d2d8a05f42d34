import type { ReactNode } from 'react';
import { Icon } from '../parts/icon.tsx';
import { answerWords } from '../words/answer-words.ts';
import { BooleanField } from './boolean-field.tsx';
import { timeOfLog } from './check-answers.ts';
import { ChoiceField } from './choice-field.tsx';
import type { InputProps } from './input-props.ts';
import { isBlank } from './is-enabled.ts';
import { NumberField } from './number-field.tsx';
import { QuantityField } from './quantity-field.tsx';
import type { Field } from './read-questionnaire.ts';
import { isScale, ScaleField } from './scale-field.tsx';
import { SliderField } from './slider-field.tsx';
import { TextField } from './text-field.tsx';
import { whenId } from './when-field.tsx';

export interface QuestionProps {
  readonly field: Field;
  readonly value: unknown;
  readonly problem: string | undefined;
  /** Stays as it was written. */
  readonly locked?: boolean;
  readonly onChange: (value: unknown) => void;
  /** What was answered the last time, where that may be offered. */
  readonly lastTime?: unknown;
  /** Absent: this writer's answers are always shared. */
  readonly privacy?: { readonly withheld: boolean; readonly onChange: (withheld: boolean) => void };
}

/** The id of a question's input, so that a list of what is missing can lead to it. */
export const questionId = (linkId: string): string => (linkId === timeOfLog ? whenId : `q-${linkId}`);

/** Leads to a question, also where it stands among those that may be left out. */
export function focusQuestion(linkId: string): void {
  const input = document.getElementById(questionId(linkId));
  const folded = input?.closest('details');
  if (folded) folded.open = true;
  input?.focus();
}

/** One question with its help, its input, what is wrong with the answer, and whether it is shared. */
export function Question({ field, value, problem, locked = false, onChange, lastTime, privacy }: QuestionProps) {
  const id = questionId(field.linkId);
  const keep = privacy === undefined || (isBlank(value) && !privacy.withheld) ? null : privacy;
  if (locked) {
    return (
      <div className="question" id={id} tabIndex={-1}>
        <p className="label" dir="auto">
          {field.text}
        </p>
        <p className="locked-answer">
          <Icon name="lock" /> <bdi>{answerWords(value)}</bdi>
          {field.unit === undefined || typeof value !== 'number' ? '' : ` ${field.unit}`}
        </p>
        <p className="help">You wrote this before. It stays, so that you can compare it with what happened.</p>
        {keep === null ? null : <KeepPrivate id={id} field={field} {...keep} />}
      </div>
    );
  }
  const described = [
    ...(field.help === undefined ? [] : [`${id}-help`]),
    ...(problem === undefined ? [] : [`${id}-problem`]),
  ].join(' ');
  const input = {
    field,
    id,
    value,
    describedBy: described === '' ? undefined : described,
    invalid: problem !== undefined,
    onChange,
  };
  const words = (
    <>
      <bdi>{field.text}</bdi>
      {field.required ? (
        <>
          {' '}
          <span className="needed">needed</span>
        </>
      ) : null}
    </>
  );
  const rest = (
    <>
      {field.help === undefined ? null : (
        <p className="help" id={`${id}-help`} dir="auto">
          {field.help}
        </p>
      )}
      {inputFor(input)}
      {lastTime === undefined || !isBlank(value) ? null : (
        <button type="button" className="secondary small" onClick={() => onChange(lastTime)}>
          Same as last time: <bdi>{lastWords(field, lastTime)}</bdi>
        </button>
      )}
      {problem === undefined ? null : (
        <p className="problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
      {keep === null ? null : <KeepPrivate id={id} field={field} {...keep} />}
    </>
  );
  if (isSetOfButtons(field)) {
    return (
      <fieldset
        className={`question${problem === undefined ? '' : ' wrong'}`}
        id={id}
        tabIndex={-1}
        aria-describedby={input.describedBy}
        {...(field.repeats
          ? {}
          : // one of several: only as such it can be said to be needed, or wrong
            {
              role: 'radiogroup',
              'aria-required': field.required || undefined,
              'aria-invalid': input.invalid || undefined,
            })}
      >
        <legend>{words}</legend>
        {rest}
      </fieldset>
    );
  }
  return (
    <div className={`question${problem === undefined ? '' : ' wrong'}`}>
      <label htmlFor={id}>{words}</label>
      {rest}
    </div>
  );
}

/** An answer of before, in the words of its option. */
function lastWords({ options }: Field, value: unknown): string {
  const code = typeof value === 'object' && value !== null && 'code' in value ? value.code : value;
  return options.find((option) => option.value === code)?.label ?? answerWords(value) ?? '';
}

const isSetOfButtons = (field: Field): boolean =>
  ['boolean', 'choice', 'open-choice'].includes(field.type) || isScale(field);

function inputFor(props: InputProps): ReactNode {
  const { type, slider } = props.field;
  if (isScale(props.field)) return <ScaleField {...props} />;
  if (slider) return <SliderField {...props} />;
  switch (type) {
    case 'boolean':
      return <BooleanField {...props} />;
    case 'integer':
    case 'decimal':
      return <NumberField {...props} />;
    case 'quantity':
      return <QuantityField {...props} />;
    case 'choice':
    case 'open-choice':
      return <ChoiceField {...props} />;
    default:
      return <TextField {...props} />;
  }
}

function KeepPrivate({
  id,
  field,
  withheld,
  onChange,
}: {
  readonly id: string;
  readonly field: Field;
  readonly withheld: boolean;
  readonly onChange: (withheld: boolean) => void;
}) {
  return (
    <label className="keep-private" htmlFor={`${id}-private`}>
      <input
        id={`${id}-private`}
        type="checkbox"
        checked={withheld}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>
        Keep this answer to myself
        <span className="hidden-words">
          : <bdi>{field.text}</bdi>
        </span>
      </span>
      {withheld ? <span className="private-sign">Only you can read it</span> : null}
    </label>
  );
}
