import type { Task } from 'fhir/r4';
import { describe, expect, it, test } from 'vitest';
import { findTaskInput, findTaskInputs, type InputCode, toTaskInput } from '../../../src/fhir/task-input.ts';
import { coded, ourCode } from './spelled-out.ts';

const sdc = 'http://hl7.org/fhir/uv/sdc/CodeSystem/temp';
const ours: readonly [InputCode, string][] = [
  ['kind', 'Kind of homework'],
  ['step-number', 'Step number'],
  ['step-key', 'Step key'],
  ['schedule', 'Schedule'],
  ['named-event', 'Named event'],
  ['pause', 'Pause'],
  ['instructions', 'Instructions'],
  ['rationale', 'Rationale'],
  ['unlock-rule', 'Unlock rule'],
  ['late-grace', 'Late grace'],
  ['occurrence-number', 'Occurrence number'],
  ['late-until', 'Counts as late until'],
];

describe("a Task's input", () => {
  it.each(ours)('%s is of our own code', (code, display) => {
    expect(toTaskInput(code, { valueString: 'a' })).toStrictEqual({
      type: ourCode('task-input', code, display),
      valueString: 'a',
    });
  });

  it.each([
    ['questionnaire', 'Questionnaire'],
    ['response-endpoint', 'Response Endpoint'],
  ] as const)("%s is of SDC's code", (code, display) => {
    expect(toTaskInput(code, { valueUrl: 'a' })).toStrictEqual({ type: coded(sdc, code, display), valueUrl: 'a' });
  });
});

describe('finding an input', () => {
  const pauseOf = (system: string, valueString: string) => ({
    type: { coding: [{ system, code: 'pause' }] },
    valueString,
  });
  const task: Task = {
    ...{ resourceType: 'Task', status: 'requested', intent: 'order' },
    input: [
      pauseOf(sdc, 'of another system'),
      { type: { text: 'pause' }, valueString: 'in words alone' },
      {
        type: { coding: [{ system: 'urn:x', code: 'y' }, ...(toTaskInput('pause', {}).type.coding ?? [])] },
        valueString: 'first',
      },
      toTaskInput('instructions', { valueString: 'other' }),
      toTaskInput('pause', { valueString: 'second' }),
      toTaskInput('questionnaire', { valueCanonical: 'form' }),
    ],
  };

  test('goes by the code in its system, whatever stands beside it, in the order of the Task', () => {
    expect(findTaskInputs(task, 'pause').map(({ valueString }) => valueString)).toStrictEqual(['first', 'second']);
    expect(findTaskInput(task, 'pause')?.valueString).toBe('first');
    expect(findTaskInput(task, 'questionnaire')?.valueCanonical).toBe('form');
  });

  test('of which there is none finds none', () => {
    const { input: _input, ...without } = task;
    expect(findTaskInputs(without, 'pause')).toStrictEqual([]);
    expect(findTaskInput(task, 'rationale')).toBeUndefined();
  });
});
