import type { Questionnaire, QuestionnaireItem } from 'fhir/r4';
import type { SafetyDeclaration, SafetyTest } from '../../src/homework/safety/safety-signal.ts';

/** Which answers are wanted, where more than one would do. */
interface AnswersWanted {
  /** What raises a safety signal: it is not said. */
  readonly safety?: readonly SafetyDeclaration[];
  /** Another answer to each question than the one that is given without it, but for those that open other questions. */
  readonly another?: boolean;
  /** Only questions that are asked of everybody, and what is required; then also those that open others are answered in another way. */
  readonly unconditional?: boolean;
  /** What is said where there is room for words, by linkId. */
  readonly words?: (linkId: string) => string;
}

/**
 * An answer to every question that can be asked of one who is not at risk, as its type, limits and options allow, by linkId. Of a
 * group that repeats nothing is said.
 */
export function answersFor(form: Pick<Questionnaire, 'item'>, wanted: AnswersWanted = {}): Record<string, unknown> {
  const { safety = [], unconditional = false } = wanted;
  const opening = new Set(
    itemsOf(form.item).flatMap(({ enableWhen = [], required }) =>
      unconditional && required !== true
        ? []
        : enableWhen.map(({ question, answerCoding }) => `${question} ${answerCoding?.code}`),
    ),
  );
  const answered = (items: readonly QuestionnaireItem[] = []): [string, unknown][] =>
    items.flatMap((each): [string, unknown][] => {
      if (unconditional && each.enableWhen !== undefined && each.required !== true) return [];
      if (each.type === 'group') return each.repeats === true ? [] : answered(each.item);
      const tests = safety.filter(({ linkId }) => linkId === each.linkId).map(({ test }) => test);
      const value = tests.length > 0 ? safeAnswer(each, tests) : answerTo(each, opening, wanted);
      return value === undefined ? [] : [[each.linkId, value]];
    });
  return Object.fromEntries(answered(form.item));
}

/** All items of a form, groups and what stands in them. */
export function itemsOf(items: readonly QuestionnaireItem[] = []): readonly QuestionnaireItem[] {
  return items.flatMap((each) => [each, ...itemsOf(each.item)]);
}

/** No, or the first option that tells of no danger; nothing where any number might. */
function safeAnswer({ type, answerOption = [] }: QuestionnaireItem, tests: readonly SafetyTest[]): unknown {
  if (type === 'boolean') return false;
  const told = tests.flatMap((test) => (test.type === 'any-of' ? test.codes : []));
  if (told.length === 0) return undefined;
  return answerOption.map(({ valueCoding }) => valueCoding?.code ?? '').find((code) => !told.includes(code));
}

const limit = (item: QuestionnaireItem, name: string): number | undefined => {
  const found = item.extension?.find(({ url }) => url.endsWith(`/${name}`));
  return found?.valueInteger ?? found?.valueDecimal;
};

/** Not the same for all questions, so that one that is taken for another is noticed. */
const spread = ({ linkId }: QuestionnaireItem): number =>
  [...linkId].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);

function answerTo(item: QuestionnaireItem, opening: ReadonlySet<string>, wanted: AnswersWanted): unknown {
  const { another = false, words = () => 'A meeting, eight people' } = wanted;
  const opens = [...opening].some((each) => each.startsWith(`${item.linkId} `));
  const different = another && !opens;
  const codes = (item.answerOption ?? []).flatMap(({ valueCoding }) => valueCoding?.code ?? []);
  switch (item.type) {
    case 'boolean':
      return !different;
    case 'integer': {
      const most = limit(item, 'maxValue') ?? 5;
      const value = Math.min((limit(item, 'minValue') ?? 0) + 3 + (spread(item) % 5), most);
      if (!different) return value;
      return value === most ? value - 1 : value + 1;
    }
    case 'decimal':
      return (limit(item, 'minValue') ?? 0) + (different ? 1.5 : 0.5);
    case 'quantity':
      return { value: different ? 8.5 : 7.5, unit: 'h' };
    case 'string':
    case 'text':
      return words(item.linkId);
    case 'choice':
    case 'open-choice': {
      const code = codes.find((each) => opening.has(`${item.linkId} ${each}`)) ?? codes[spread(item) % codes.length];
      const given = different ? (codes.findLast((each) => each !== code) ?? code) : code;
      return item.repeats === true && given !== undefined ? [given] : given;
    }
    case 'time':
      return different ? '08:45' : '07:30';
    case 'date':
      return different ? '2026-03-01' : '2026-03-02';
    default:
      return undefined;
  }
}
