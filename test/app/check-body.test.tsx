import { expect, it } from 'vitest';
import { wrongInBody } from './check-body.ts';

const step = '/assignments/11111111-1111-4111-8111-111111111111';
it.each([
  ['POST', `${step}/moves`, { event: 'pause' }, { event: 'paused' }],
  ['POST', `${step}/moves`, { event: 'undo-withdraw' }, { event: 'undo-withdraw', reason: 'x' }],
  ['POST', `${step}/barriers`, { code: 'fear' }, { code: 'afraid' }],
  ['POST', `${step}/feedback`, { text: 'Well done' }, { words: 'Well done' }],
  ['POST', '/contacts', { patientId: 'p', note: 'Called' }, { patientId: 'p', note: 'Called', days: 7 }],
  ['POST', '/plans/p/close', { status: 'completed' }, { status: 'over' }],
  ['POST', '/occurrences/o/excuse', { reason: 'Ill' }, {}],
  ['POST', '/safety-signals/s/close', { reason: 'Talked' }, { why: 'Talked' }],
])('a body is read as the service reads it: %s %s', (method, path, right, wrong) => {
  expect(wrongInBody(method, path, right)).toBeUndefined();
  expect(wrongInBody(method, path, wrong)).toMatch(/^(POST|PATCH) \//);
});

it('where nobody reads a body nothing is wrong with one', () => {
  expect(wrongInBody('DELETE', '/contacts/c', {})).toBeUndefined();
});
