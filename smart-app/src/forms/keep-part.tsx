import { useId } from 'react';
import { type Answers, isEnabled } from './is-enabled.ts';
import { type Field, questionsOf } from './read-questionnaire.ts';

interface KeepPartProps {
  readonly answers: Answers;
  readonly withheld: readonly string[];
  readonly onWithhold: (linkIds: readonly string[], withheld: boolean) => void;
  /** A group, whole. */
  readonly group: Field;
}

/** One switch for a whole part of a form: with it on, nothing of the part is read by anybody else. */
export function KeepPart({ group, answers, withheld, onWithhold }: KeepPartProps) {
  const id = useId();
  const questions = questionsOf(group.fields).filter((question) => isEnabled(question, answers));
  const kept = questions.filter(({ linkId }) => withheld.includes(linkId));
  if (questions.length === 0) return null;
  const all = kept.length === questions.length;
  return (
    <div className="keep-part">
      <label className="keep-private" htmlFor={id}>
        <input
          id={id}
          type="checkbox"
          checked={all}
          onChange={({ currentTarget: { checked } }) =>
            // also what is asked later of the part, by what is answered in it
            onWithhold(
              questionsOf(group.fields).map(({ linkId }) => linkId),
              checked,
            )
          }
        />
        <span>
          Keep this part to myself
          <span className="hidden-words">
            : <bdi>{group.text}</bdi>
          </span>
        </span>
      </label>
      <p className="private-sign" role="status">
        {all ? 'Only you can read this part.' : kept.length === 0 ? '' : `Only you can read: ${names(kept)}.`}
      </p>
    </div>
  );
}

const names = (questions: readonly Field[]): string => questions.map(({ text }) => `“${text}”`).join(', ');
