import type { QuestionnaireItemEnableWhen } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { isEnabled } from '../../../src/fhir/answers/is-enabled.ts';
import type { AnswerItem, AnswerValue } from '../../../src/homework/model.ts';

type Operator = QuestionnaireItemEnableWhen['operator'];
type Wanted = Omit<QuestionnaireItemEnableWhen, 'question' | 'operator'>;

const operators = ['=', '!=', '<', '<=', '>', '>='] as const satisfies readonly Operator[];
const answered = (linkId: string, ...answers: AnswerValue[]): AnswerItem => ({ linkId, answers, items: [] });
const amount = (value: number, words: object = {}): AnswerValue => ({ type: 'quantity', value: { value, ...words } });
const enabled = (condition: QuestionnaireItemEnableWhen, ...scopes: AnswerItem[][]) =>
  isEnabled({ linkId: 'x', type: 'text', enableWhen: [condition] }, scopes);

describe('an answer as a condition compares it', () => {
  const [below, equal, above] = ['!= < <=', '= <= >=', '!= > >='];
  const neither = '!=';

  it.each<[answer: AnswerValue, wanted: Wanted, holds: string]>([
    [{ type: 'integer', value: 4 }, { answerInteger: 5 }, below],
    [{ type: 'integer', value: 5 }, { answerInteger: 5 }, equal],
    [{ type: 'integer', value: 6 }, { answerInteger: 5 }, above],
    [{ type: 'integer', value: 0 }, { answerInteger: 0 }, equal],
    [{ type: 'integer', value: 5 }, { answerDecimal: 5.5 }, below],
    [{ type: 'decimal', value: 5.5 }, { answerDecimal: 5.5 }, equal],
    [{ type: 'decimal', value: 5.6 }, { answerInteger: 5 }, above],
    [{ type: 'date', value: '2026-03-02' }, { answerDate: '2026-03-03' }, below],
    [{ type: 'date', value: '2026-03-02' }, { answerDate: '2026-03-02' }, equal],
    [{ type: 'date', value: '2026-03-02' }, { answerDateTime: '2026-03-01T23:59:59Z' }, above],
    [{ type: 'dateTime', value: '2026-03-02T15:00:00.000Z' }, { answerDateTime: '2026-03-02T10:00:00-05:00' }, equal],
    [{ type: 'dateTime', value: '2026-03-02T15:00:00.000Z' }, { answerDateTime: '2026-03-02T10:00:01-05:00' }, below],
    [{ type: 'time', value: '22:30:00' }, { answerTime: '22:30:01' }, below],
    [{ type: 'time', value: '22:30:00' }, { answerTime: '22:30:00' }, equal],
    [{ type: 'time', value: '22:30:00' }, { answerTime: '08:00:00' }, above],
    [amount(20, { code: 'min' }), { answerQuantity: { value: 21, code: 'min' } }, below],
    [amount(20, { code: 'min', unit: 'minutes' }), { answerQuantity: { value: 20, code: 'min', unit: 'min' } }, equal],
    [amount(20, { unit: 'pages' }), { answerQuantity: { value: 19, unit: 'pages' } }, above],
    [amount(20), { answerQuantity: { value: 20 } }, equal],
    // other units are not compared, nor is an amount with none
    [amount(20, { code: 'min' }), { answerQuantity: { value: 20, code: 'h' } }, neither],
    [amount(20, { code: 'min', unit: 'x' }), { answerQuantity: { value: 20, unit: 'x' } }, neither],
    [amount(20, { unit: 'pages' }), { answerQuantity: { value: 20, unit: 'lines' } }, neither],
    [amount(20), { answerQuantity: { value: 20, code: 'min' } }, neither],
    [amount(20), { answerQuantity: { unit: 'pages' } }, neither],
    [amount(20), { answerInteger: 20 }, neither],
    // what has no order is the same or not
    [{ type: 'boolean', value: true }, { answerBoolean: true }, '='],
    [{ type: 'boolean', value: false }, { answerBoolean: true }, '!='],
    [{ type: 'string', value: 'rain' }, { answerString: 'rain' }, '='],
    [{ type: 'string', value: 'Rain' }, { answerString: 'rain' }, '!='],
    [
      { type: 'coding', value: { system: 's', code: 'a', display: 'A' } },
      { answerCoding: { system: 's', code: 'a' } },
      '=',
    ],
    [{ type: 'coding', value: { system: 's', code: 'a' } }, { answerCoding: { system: 't', code: 'a' } }, '!='],
    [{ type: 'coding', value: { system: 's', code: 'a' } }, { answerString: 'a' }, '!='],
    // another type is never the same, nor above or below
    [{ type: 'integer', value: 1 }, { answerBoolean: true }, neither],
    [{ type: 'date', value: '2026-03-02' }, { answerString: '2026-03-02' }, neither],
    [{ type: 'time', value: '22:30:00' }, { answerDate: '2026-03-02' }, neither],
    [{ type: 'string', value: '5' }, { answerInteger: 5 }, neither],
    [{ type: 'boolean', value: true }, { answerInteger: 0 }, neither],
  ])('%j to %j: %s', (answer, wanted, holds) => {
    const held = operators.filter(
      (operator) => enabled({ question: 'q', operator, ...wanted }, [answered('q', answer)]) === 'yes',
    );
    expect(held.toSorted()).toEqual(holds.split(' ').toSorted());
  });
});

describe('a condition', () => {
  const five: QuestionnaireItemEnableWhen = { question: 'q', operator: '=', answerInteger: 5 };
  const integers = (...values: number[]) =>
    answered('q', ...values.map((value) => ({ type: 'integer', value }) as const));

  it('holds for one of several answers; “not” for none of them', () => {
    expect(enabled(five, [integers(4, 5)])).toBe('yes');
    expect(enabled({ ...five, operator: '!=' }, [integers(4, 5)])).toBe('no');
    expect(enabled({ ...five, operator: '!=' }, [integers(4, 6)])).toBe('yes');
    for (const [operator, answers] of [
      ['>', [4, 6]],
      ['<', [6, 4]],
      ['>=', [4, 5]],
      ['<=', [6, 5]],
    ] as const) {
      expect(enabled({ ...five, operator }, [integers(...answers)]), operator).toBe('yes');
    }
  });

  it.each(operators)('enables nothing by an answer that is not there: %s', (operator) => {
    expect(enabled({ ...five, operator }, [])).toBe('no');
    expect(enabled({ ...five, operator }, [answered('q')])).toBe('no');
  });

  it('asks whether there is an answer', () => {
    const exists = (answerBoolean: boolean) => ({ question: 'q', operator: 'exists', answerBoolean }) as const;
    expect(enabled(exists(true), [integers(1)])).toBe('yes');
    expect(enabled(exists(false), [integers(1)])).toBe('no');
    expect(enabled(exists(true), [answered('q')])).toBe('no');
    expect(enabled(exists(false), [])).toBe('yes');
  });

  it('reads the nearest level that has the question, at whatever depth', () => {
    const group = (...items: AnswerItem[]): AnswerItem => ({ linkId: 'group', answers: [], items });
    expect(enabled(five, [integers(5)], [integers(6)])).toBe('yes');
    expect(enabled(five, [integers(6)], [integers(5)])).toBe('no');
    expect(enabled(five, [answered('other')], [integers(5)])).toBe('yes');
    expect(enabled(five, [group(group(integers(5)))])).toBe('yes');
    expect(enabled(five, [group(integers(4)), group(integers(5))])).toBe('yes');
    expect(enabled(five, [answered('other', { type: 'integer', value: 5 })])).toBe('no');
  });

  it('is the item’s own: without one it always applies', () => {
    expect(isEnabled({ linkId: 'x', type: 'text' }, [])).toBe('yes');
    expect(isEnabled({ linkId: 'x', type: 'text', enableWhen: [] }, [])).toBe('yes');
  });

  const yes = five;
  const no = { ...five, answerInteger: 6 };
  const open = { ...five, question: 'hidden' };
  it.each<[enableBehavior: 'any' | 'all' | undefined, conditions: QuestionnaireItemEnableWhen[], verdict: string]>([
    ['all', [yes, yes], 'yes'],
    ['all', [yes, no], 'no'],
    ['all', [yes, open], 'unknown'],
    ['all', [open, no], 'no'],
    ['any', [no, yes], 'yes'],
    ['any', [no, no], 'no'],
    ['any', [no, open], 'unknown'],
    ['any', [open, yes], 'yes'],
    [undefined, [yes, no], 'no'],
    [undefined, [yes, open], 'unknown'],
  ])('is joined with others by %s: %j', (enableBehavior, enableWhen, verdict) => {
    const item = { linkId: 'x', type: 'text', enableWhen, ...(enableBehavior && { enableBehavior }) } as const;
    expect(isEnabled(item, [[integers(5)]], new Set(['hidden', 'q']))).toBe(verdict);
  });

  it('is open only where the withheld answer is not here', () => {
    expect(isEnabled({ linkId: 'x', type: 'text', enableWhen: [open] }, [[integers(5)]])).toBe('no');
    expect(isEnabled({ linkId: 'x', type: 'text', enableWhen: [no] }, [[integers(5)]], new Set(['q']))).toBe('no');
  });
});
