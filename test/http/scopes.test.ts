import { describe, expect, it } from 'vitest';
import { covers, parseScope, permits } from '../../src/http/oauth/scopes.ts';

describe('a SMART system scope', () => {
  it.each([
    ['system/Task.rs', 'Task', 'rs'],
    ['system/*.cruds', '*', 'cruds'],
    ['system/Task.read', 'Task', 'rs'],
    ['system/Task.write', 'Task', 'cud'],
    ['system/*.*', '*', 'cruds'],
  ])('%s permits what it says', (scope, type, actions) => {
    expect(parseScope(scope)).toEqual([...actions].map((action) => ({ type, action })));
  });

  it.each([
    '',
    'Task.r',
    'user/Task.r',
    'system/Task',
    'system/Task.',
    'system/Task.sr',
    'system/Task.x',
    'system/task.r',
    'system/Task.rs?code=x',
  ])('is not "%s"', (scope) => {
    expect(parseScope(scope)).toBeUndefined();
    expect(covers('system/*.cruds', scope)).toBe(false);
  });

  it('permits its own type and actions only; * every type', () => {
    expect(permits('system/CarePlan.c system/Task.rs', { type: 'Task', action: 's' })).toBe(true);
    expect(permits('system/Task.rs', { type: 'Task', action: 'u' })).toBe(false);
    expect(permits('system/Task.rs', { type: 'CarePlan', action: 'r' })).toBe(false);
    expect(permits('system/*.r', { type: 'CarePlan', action: 'r' })).toBe(true);
    expect(permits('system/Task.r', { type: '*', action: 'r' })).toBe(false);
  });

  it('is covered by scopes that permit all of it, together', () => {
    expect(covers('system/Task.r system/Task.s', 'system/Task.rs')).toBe(true);
    expect(covers('system/Task.rs', 'system/*.rs')).toBe(false);
    expect(covers('system/*.read', 'system/Task.cr')).toBe(false);
  });
});
