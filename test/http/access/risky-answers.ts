import type { Questionnaire, QuestionnaireItem } from 'fhir/r4';
import type { SafetyTest } from '../../../src/homework/safety/safety-signal.ts';
import { thresholdsOf } from '../../../src/kinds/kind.ts';
import type { RegisteredVersion } from '../../../src/kinds/kind-register.ts';
import { itemsOf } from '../../kinds/answers-for.ts';

/** Two answers to one question that raise the same signal; where there is only one such answer, it twice. */
export interface RiskyAnswer {
  readonly linkId: string;
  readonly values: readonly [unknown, unknown];
}

/** What of a form's answers raises a signal by itself: a rise needs an answer before it. */
export function riskyAnswers(version: RegisteredVersion, form: Questionnaire): readonly RiskyAnswer[] {
  const { safety = [] } = version;
  const thresholds = thresholdsOf(version);
  return safety.flatMap(({ linkId, test }): RiskyAnswer[] => {
    const item = itemsOf(form.item).find((each) => each.linkId === linkId);
    const values = item && valuesOf(item, test, thresholds);
    return values === undefined ? [] : [{ linkId, values }];
  });
}

function valuesOf(
  { type }: Pick<QuestionnaireItem, 'type'>,
  test: SafetyTest,
  thresholds: Readonly<Record<string, number>>,
): RiskyAnswer['values'] | undefined {
  switch (test.type) {
    case 'yes':
      return [true, true];
    case 'acted':
      return type === 'boolean' ? [true, true] : [1, 2];
    case 'any-of':
      return [test.codes[0], test.codes[1] ?? test.codes[0]];
    case 'at-least': {
      const least = (test.setting === undefined ? undefined : thresholds[test.setting]) ?? test.value;
      return [least, least + 1];
    }
    case 'rise':
      return undefined;
  }
}
