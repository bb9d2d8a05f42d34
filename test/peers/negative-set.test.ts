import { expect, test } from 'vitest';
import { breakings, uncovered } from './negative-set.ts';
import { sampleExtension, sampleInvariants, sampleProfile, sampleTask } from './sample-profile.ts';

const options = { invariants: sampleInvariants };
const broken = (path: string, expects: string) =>
  breakings(sampleProfile, [sampleTask], options).find((b) => b.path === path && b.expects === expects)?.resource;

test('breaks each rule of a profile once', () => {
  expect(breakings(sampleProfile, [sampleTask], options).map(({ path, expects }) => `${path} ${expects}`)).toEqual([
    'Task.basedOn max',
    'Task.businessStatus fixed',
    'Task.intent fixed',
    'Task.code min',
    'Task.code binding',
    'Task.description length',
    'Task.for min',
    'Task.for target',
    'Task.restriction.repetitions range',
    'Task.input min',
    'Task.input max',
    'Task.input slice',
    'Task.input:kind slice',
    'Task.input:kind max',
    'Task.input:kind.type slice',
    'Task.input:kind.value[x] type',
    'Task.input:step max',
    'Task.input:step.type slice',
    'Task.input:step.value[x] fixed',
    'Task.input:step.value[x] type',
    'Task invariant',
  ]);
  expect(uncovered(sampleProfile, [sampleTask], options)).toEqual([]);
});

test('breaks only what the rule is about', () => {
  expect(broken('Task.code', 'min')).toEqual({ ...sampleTask, code: undefined });
  expect(broken('Task.basedOn', 'max')).toMatchObject({ ...sampleTask, basedOn: [{ reference: expect.any(String) }] });
  expect(broken('Task.intent', 'fixed')).toEqual({ ...sampleTask, intent: 'order-broken' });
  expect(broken('Task.input:kind', 'slice')).toEqual({ ...sampleTask, input: [sampleTask.input[1]] });
  expect(broken('Task.input:step', 'max')?.input).toEqual([...sampleTask.input, sampleTask.input[1]]);
  expect(broken('Task.input', 'max')?.input).toHaveLength(4);
  expect(broken('Task.input', 'min')?.input).toBeUndefined();
  expect(broken('Task.for', 'target')?.for).toEqual({ reference: '#of-another-type' });
  expect(broken('Task.input:step.value[x]', 'fixed')?.input).toEqual([
    sampleTask.input[0],
    { ...sampleTask.input[1], valuePositiveInt: 2 },
  ]);
  expect(broken('Task', 'invariant')).toEqual({ ...sampleTask, statusReason: undefined });
});

test('leaves the example as it was', () => {
  const before = structuredClone(sampleTask);
  breakings(sampleProfile, [sampleTask], options);
  breakings(sampleExtension, [sampleTask]);
  expect(sampleTask).toEqual(before);
});

test('names the rules that no example shows, and the invariants that have no breaker', () => {
  const { description: _, ...plain } = sampleTask;
  expect(uncovered(sampleProfile, [plain], {}).map(({ name }) => name)).toEqual([
    'sample-task Task.description length',
    'sample-task Task sample-1',
  ]);
  expect(uncovered(sampleProfile, [], options).length).toBe(21);
});

test('breaks an extension in its value, its parts and its place', () => {
  const set = breakings(sampleExtension, [sampleTask]);
  expect(set.map(({ path, expects }) => `${path} ${expects}`)).toEqual([
    'Extension.extension max',
    'Extension.url fixed',
    'Extension.value[x] min',
    'Extension.value[x] type',
    'Extension context',
  ]);
  expect(set.at(-1)?.resource.meta).toEqual({ ...sampleTask.meta, extension: sampleTask.extension });
  expect(set[3]?.resource.extension).toEqual([{ url: sampleExtension.url, valueBoolean: true }]);
});
