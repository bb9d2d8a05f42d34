import fc from 'fast-check';

const most = 8;

/**
 * fast-check for tests that are run against thousands of mutants: a property is tried a few times, which is what most mutants
 * need; as often as it says where it counts on many.
 */
export default {
  ...fc,
  assert: (property: fc.IRawProperty<unknown>, parameters: fc.Parameters<unknown> = {}) =>
    fc.assert(property, { ...parameters, numRuns: fewer(parameters.numRuns) }),
};

const fewer = (asked = 100): number => (asked > 100 ? asked : Math.min(asked, most));
