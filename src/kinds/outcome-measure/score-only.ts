import type { ScoreDeclaration } from '../../homework/log/score.ts';
import { asQuestionnaire } from '../as-questionnaire.ts';
import type { Kind } from '../kind.ts';
import { measureCode } from '../measure-code.ts';
import { outcomeMeasure } from './outcome-measure.ts';

/** An instrument of which only the score is carried, because its licence forbids more. */
interface ScoreOnly {
  readonly slug: string;
  readonly title: string;
  /** Its whole name. */
  readonly name: string;
  readonly questionnaire: unknown;
  /** Our code of the total. */
  readonly code: { readonly code: string; readonly display: string };
  readonly reading: Pick<ScoreDeclaration, 'range' | 'higherIs'> &
    Partial<Pick<ScoreDeclaration, 'bands' | 'cutoff' | 'recallDays'>>;
  readonly everyDays?: number;
  /** Absent: it is written down from the clinic's form. */
  readonly instructions?: string;
}

/** A measure whose number is typed in: its name, range and cutoffs stand here, none of its text. */
export function scoreOnly(measure: ScoreOnly): Kind {
  const { slug, title, name, questionnaire, code, reading, everyDays = 14 } = measure;
  const { instructions = `Write down the ${title} score that your clinic’s form gave.` } = measure;
  return outcomeMeasure({
    slug,
    title,
    description: `${name}: the score alone, for the questions may not be copied.`,
    questionnaire: asQuestionnaire(questionnaire),
    scores: [
      {
        linkId: `${slug}-total`,
        label: title,
        code: measureCode(code.code, code.display),
        calculation: { type: 'scaled', of: 'score', times: 1, plus: 0 },
        ...reading,
      },
    ],
    everyDays,
    instructions,
  });
}
