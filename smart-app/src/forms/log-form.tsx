import { type ReactNode, useEffect, useId, useRef } from 'react';
import type { SafetyDeclaration } from '../../../src/homework/safety/safety-signal.ts';
import { RiskNotice } from '../patient/risk-notice.tsx';
import { holdsRisk } from '../plan/risk.ts';
import type { AnswerIssue } from './check-answers.ts';
import { type Answers, isEnabled } from './is-enabled.ts';
import { Question, questionId } from './question.tsx';
import { type Field, questionsOf } from './read-questionnaire.ts';
import { splitAtEvent } from './split-at-event.ts';

export interface LogFormProps {
  readonly fields: readonly Field[];
  readonly behaviourLinkId: string | undefined;
  readonly answers: Answers;
  readonly withheld: readonly string[];
  /** Predictions that stay as they were written. */
  readonly locked?: readonly string[];
  readonly issues: readonly AnswerIssue[];
  /** Whether this writer can keep answers to themselves: the patient can. */
  readonly mayWithhold: boolean;
  /** Which answers are risk answers, where the patient writes: such an answer is met with care at once. */
  readonly safety?: readonly SafetyDeclaration[];
  readonly onAnswer: (linkId: string, value: unknown) => void;
  readonly onWithhold: (linkId: string, withheld: boolean) => void;
  /** Stands below a question, with what is to be said of its answer. */
  readonly beside?: (field: Field) => ReactNode;
  /** Stands between what can be written before it happens and the rest. */
  readonly pause?: ReactNode;
}

/** A log's questions from its Questionnaire, in two parts where it is written at two times; what is wrong stands on top. */
export function LogForm(props: LogFormProps) {
  const { fields, issues } = props;
  const { before, after } = splitAtEvent(fields, props.behaviourLinkId);
  return (
    <>
      <IssueList fields={fields} issues={issues} />
      {before.length === 0 ? null : (
        <section className="form-part" aria-labelledby="part-before">
          <h2 id="part-before">Beforehand</h2>
          {props.mayWithhold ? (
            <p className="quiet">If you can, fill this in shortly before. Afterwards is fine too.</p>
          ) : null}
          <Fields {...props} fields={before} />
          {props.pause}
        </section>
      )}
      {before.length === 0 ? (
        <Fields {...props} fields={after} />
      ) : (
        <section className="form-part" aria-labelledby="part-after">
          <h2 id="part-after">Afterwards</h2>
          <Fields {...props} fields={after} />
        </section>
      )}
    </>
  );
}

function Fields(props: LogFormProps) {
  return props.fields.map((field) => <FieldOrGroup key={field.linkId} {...props} field={field} />);
}

function FieldOrGroup({ field, ...props }: LogFormProps & { readonly field: Field }) {
  const heading = useId();
  const { answers, withheld, issues, mayWithhold, onAnswer, onWithhold } = props;
  if (!isEnabled(field, answers)) return null;
  if (field.type === 'display') return <p className="form-text">{field.text}</p>;
  if (field.type === 'group') {
    return (
      <section className="form-group" aria-labelledby={heading}>
        <h3 id={heading}>{field.text}</h3>
        <Fields {...props} fields={field.fields} />
      </section>
    );
  }
  return (
    <>
      <Question
        field={field}
        value={answers[field.linkId]}
        problem={issues.find(({ linkId }) => linkId === field.linkId)?.problem}
        locked={props.locked?.includes(field.linkId) ?? false}
        onChange={(value) => onAnswer(field.linkId, value)}
        {...(mayWithhold
          ? {
              privacy: {
                withheld: withheld.includes(field.linkId),
                onChange: (on: boolean) => onWithhold(field.linkId, on),
              },
            }
          : {})}
      />
      {props.beside?.(field)}
      {holdsRisk(
        answers,
        props.safety?.filter(({ linkId }) => linkId === field.linkId),
      ) ? (
        <RiskNotice told={false} />
      ) : null}
      <Fields {...props} fields={field.fields} />
    </>
  );
}

/** What needs another look, each leading to its question; takes the focus when it appears. */
function IssueList({ fields, issues }: { readonly fields: readonly Field[]; readonly issues: readonly AnswerIssue[] }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (issues.length > 0) box.current?.focus();
  }, [issues]);
  if (issues.length === 0) return null;
  const words = new Map(questionsOf(fields).map(({ linkId, text }) => [linkId, text]));
  return (
    <div className="notice care" role="alert" tabIndex={-1} ref={box}>
      <h2>
        {issues.length === 1 ? 'One question needs another look' : `${issues.length} questions need another look`}
      </h2>
      <ul>
        {issues.map(({ linkId, problem }) => (
          <li key={linkId}>
            <a
              href={`#${questionId(linkId)}`}
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(questionId(linkId))?.focus();
              }}
            >
              {words.get(linkId) ?? linkId}
            </a>{' '}
            {problem}
          </li>
        ))}
      </ul>
    </div>
  );
}
