import { useState } from 'react';
import type { LogView } from '../../../src/contract/app/plan-view.ts';
import { answersTo, type OtherAnswers } from '../../../src/homework/log/merge-drafts.ts';
import { sameAnswer } from '../../../src/homework/log/same-answer.ts';
import { answerWords } from '../words/answer-words.ts';
import { type Place, writeTime } from '../words/dates.ts';
import { valuesOf } from './is-enabled.ts';
import type { Field } from './read-questionnaire.ts';
import '../styles/two-answers.css';

interface TwoAnswersProps {
  readonly field: Field;
  readonly value: unknown;
  readonly others: readonly unknown[];
  /** The answer that stands can't be changed any more. */
  readonly locked: boolean;
  /** What stands from now on, and what still waits. */
  readonly onChoose: (value: unknown, others: readonly unknown[]) => void;
}

/** At a question that was answered in two places: the other answers, and what can be done with each. */
export function TwoAnswers({ field, value, others, locked, onChoose }: TwoAnswersProps) {
  const [done, setDone] = useState('');
  const isText = field.type === 'string' || field.type === 'text';
  const written = typeof value === 'string' && value.trim() !== '';
  const without = (other: unknown) => others.filter((entry) => !sameAnswer(entry, other));
  const choose = (words: string, next: unknown, other: unknown): void => {
    setDone(words);
    onChoose(next, without(other));
  };
  return (
    <fieldset className="two-answers" aria-label={`Another answer to: ${field.text}`}>
      {others.map((other, index) => (
        // two of them never say the same
        // biome-ignore lint/suspicious/noArrayIndexKey: an answer has no name of its own, and its place stays
        <div key={index} className="other-answer">
          <p>You also answered this in another tab or on another device:</p>
          <p className="other-words" dir="auto">
            {wordsOf(field, other)}
          </p>
          <div className="buttons">
            {locked ? null : (
              <button type="button" className="secondary small" onClick={() => choose('Changed.', other, other)}>
                Use this one
              </button>
            )}
            {isText && written && !locked ? (
              <button
                type="button"
                className="secondary small"
                onClick={() => choose('Both stand in the field now.', `${value}\n${String(other)}`, other)}
              >
                Put it below mine
              </button>
            ) : null}
            <button type="button" className="plain small" onClick={() => choose('Left out.', value, other)}>
              Leave it out
            </button>
          </div>
        </div>
      ))}
      <p className="hidden-words" role="status">
        {done}
      </p>
    </fieldset>
  );
}

/** In a correction, at an answer that is another by now: what it takes the place of. */
export function SentBefore({ field, value, sent }: SentBeforeProps) {
  const before = sent === undefined ? [] : answersTo({ ...sent, others: undefined }, field.linkId);
  if (before.length === 0 || sameAnswer(before[0], value)) return null;
  return (
    <p className="quiet sent-before">
      What you sent, and what this takes the place of: <bdi>{wordsOf(field, before[0])}</bdi>
    </p>
  );
}

interface SentBeforeProps {
  readonly field: Field;
  readonly value: unknown;
  /** The log as it was sent. */
  readonly sent: LogView | undefined;
}

/** The same for the time at which it was. */
export function TwoTimes({
  others,
  place,
  onChoose,
}: {
  readonly others: OtherAnswers['performedAt'];
  readonly place: Place;
  /** The time that stands from now on; undefined: the one that stood. */
  readonly onChoose: (time: string | undefined, others: OtherAnswers['performedAt']) => void;
}) {
  return others.map((time) => (
    <div key={time} className="two-answers other-answer">
      <p>In another tab or on another device you put {writeTime(time, place)}.</p>
      <div className="buttons">
        <button
          type="button"
          className="secondary small"
          onClick={() =>
            onChoose(
              time,
              others.filter((other) => other !== time),
            )
          }
        >
          Use this time
        </button>
        <button
          type="button"
          className="plain small"
          onClick={() =>
            onChoose(
              undefined,
              others.filter((other) => other !== time),
            )
          }
        >
          Leave it out
        </button>
      </div>
    </div>
  ));
}

/** An answer as it reads: a code by its option's words. */
export function wordsOf(field: Field, answer: unknown): string {
  const words = valuesOf(answer).map((value) => {
    const code =
      typeof value === 'object' && value !== null && 'code' in value && !('value' in value) ? value.code : value;
    return field.options.find((option) => option.value === code)?.label ?? answerWords(value);
  });
  const unit = field.unit !== undefined && typeof answer === 'number' ? ` ${field.unit}` : '';
  return `${words.join(', ')}${unit}`;
}
