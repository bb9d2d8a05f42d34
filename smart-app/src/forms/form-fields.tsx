import { type ReactNode, useId } from 'react';
import type { SafetyDeclaration } from '../../../src/homework/safety/safety-signal.ts';
import { RiskNotice, type RiskTold } from '../patient/risk-notice.tsx';
import { holdsRisk } from '../plan/risk.ts';
import type { AnswerIssue } from './check-answers.ts';
import { type Answers, isEnabled } from './is-enabled.ts';
import { KeepPart } from './keep-part.tsx';
import { Question } from './question.tsx';
import type { Field } from './read-questionnaire.ts';

/** What is asked of a writer, and how it stands. */
export interface Asking {
  readonly answers: Answers;
  readonly withheld: readonly string[];
  /** Predictions that stay as they were written. */
  readonly locked?: readonly string[];
  readonly issues: readonly AnswerIssue[];
  /** Whether this writer can keep answers to themselves: the patient can. */
  readonly mayWithhold: boolean;
  /** Which answers are risk answers, where the patient writes: such an answer is met with care at once. */
  readonly safety?: readonly SafetyDeclaration[];
  /** Whether the care team is told of one. */
  readonly riskTold?: (linkId: string) => RiskTold;
  readonly onAnswer: (linkId: string, value: unknown) => void;
  readonly onWithhold: (linkIds: readonly string[], withheld: boolean) => void;
  /** Answers of the last time that may be given again; absent: none is offered. */
  readonly lastTime?: Answers | undefined;
  /** Groups whose privacy is chosen elsewhere on the page, by one switch. */
  readonly kept?: readonly string[];
  /** A group whole, also where a page shows a part of it. */
  readonly wholeOf?: (linkId: string) => Field | undefined;
  /** The group whose words are the page's heading already. */
  readonly titleOf?: Field | undefined;
  /** More that belongs to a question, below it. */
  readonly below?: (field: Field) => ReactNode;
}

/** In the place of a group's linkId: all that is asked stands in a group already. No questionnaire has it. */
const anyGroup = ' group';

interface FieldsProps extends Asking {
  readonly fields: readonly Field[];
}

/** Questions with their headings and words, those that apply. */
export function Fields({ fields, ...asking }: FieldsProps) {
  return fields.map((field) => <FieldOrGroup key={field.linkId} {...asking} field={field} />);
}

function FieldOrGroup({ field, ...asking }: Asking & { readonly field: Field }) {
  const heading = useId();
  const { answers, withheld, issues, mayWithhold, onAnswer, onWithhold } = asking;
  if (!isEnabled(field, answers)) return null;
  if (field.type === 'display')
    return (
      <p className="form-text" dir="auto">
        {field.text}
      </p>
    );
  if (field.type === 'group') {
    // the outermost group has one switch for all that is in it
    const kept = asking.kept ?? [];
    const inPart = kept.includes(anyGroup);
    const part = inPart ? asking : { ...asking, kept: [...kept, anyGroup] };
    const inner = (
      <>
        <Fields {...part} fields={field.fields} />
        {mayWithhold && !inPart && !kept.includes(field.linkId) ? (
          <KeepPart group={asking.wholeOf?.(field.linkId) ?? field} {...{ answers, withheld, onWithhold }} />
        ) : null}
      </>
    );
    if (field.linkId === asking.titleOf?.linkId) return inner;
    return (
      <section className="form-group" aria-labelledby={heading}>
        <h3 id={heading} dir="auto">
          {field.text}
        </h3>
        {inner}
      </section>
    );
  }
  return (
    <>
      <Question
        field={field}
        value={answers[field.linkId]}
        problem={issues.find(({ linkId }) => linkId === field.linkId)?.problem}
        locked={asking.locked?.includes(field.linkId) ?? false}
        onChange={(value) => onAnswer(field.linkId, value)}
        lastTime={asking.lastTime?.[field.linkId]}
        {...(mayWithhold && !asking.kept?.includes(anyGroup)
          ? {
              privacy: {
                withheld: withheld.includes(field.linkId),
                onChange: (on: boolean) => onWithhold([field.linkId], on),
              },
            }
          : {})}
      />
      {asking.below?.(field)}
      {holdsRisk(
        answers,
        asking.safety?.filter(({ linkId }) => linkId === field.linkId),
      ) ? (
        <RiskNotice told={asking.riskTold?.(field.linkId) ?? 'when-saved'} />
      ) : null}
      <Fields {...asking} fields={field.fields} />
    </>
  );
}
