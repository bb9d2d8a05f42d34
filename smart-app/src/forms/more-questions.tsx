import { useEffect, useState } from 'react';
import { type Asking, Fields } from './form-fields.tsx';
import { isEnabled, valuesOf } from './is-enabled.ts';
import { type Field, questionsOf } from './read-questionnaire.ts';

interface MoreQuestionsProps extends Asking {
  readonly fields: readonly Field[];
  /** Whether somebody has opened or closed them on this page before. */
  readonly wished: boolean | undefined;
  readonly onWish: (open: boolean) => void;
}

/** What may be left out, closed until somebody wants it; open where one of them is answered, or needs another look. */
export function MoreQuestions({ fields, wished, onWish, ...asking }: MoreQuestionsProps) {
  const { answers, issues } = asking;
  const questions = questionsOf(fields).filter((question) => isEnabled(question, answers));
  const [begun] = useState(() => questions.some(({ linkId }) => valuesOf(answers[linkId]).length > 0));
  const wrong = issues.some((issue) => questions.some(({ linkId }) => linkId === issue.linkId));
  useEffect(() => {
    if (wrong) onWish(true);
  }, [wrong, onWish]);
  return (
    <details
      className="more-questions"
      open={wished ?? begun}
      onToggle={({ currentTarget: { open } }) => {
        if (open !== (wished ?? begun)) onWish(open);
      }}
    >
      <summary>
        More questions <span className="optional">({questions.length}, optional)</span>
      </summary>
      <Fields {...asking} fields={fields} />
    </details>
  );
}
