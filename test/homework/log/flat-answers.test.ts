import { expect, it } from 'vitest';
import { flatAnswers } from '../../../src/homework/log/flat-answers.ts';

const rated = (linkId: string, value: number) => ({
  linkId,
  answers: [{ type: 'integer', value } as const],
  items: [],
});
const reading = (instance: string, value: number) => ({
  ...{ linkId: 'reading', instance, answers: [] },
  items: [rated('pain', value), rated('mood', value)],
});

it('each repetition of a group stands by its id, without what is withheld', () => {
  const items = [rated('sleep', 7), reading('r1', 3), reading('r2', 5)];
  expect(flatAnswers(items, ['mood'])).toEqual({ sleep: 7, reading: { r1: { pain: 3 }, r2: { pain: 5 } } });
  expect(flatAnswers(items, ['reading'])).toEqual({ sleep: 7 });
});
