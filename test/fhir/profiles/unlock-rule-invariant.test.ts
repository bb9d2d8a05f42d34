import { readFileSync } from 'node:fs';
import type { Extension, StructureDefinition } from 'fhir/r4';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import { describe, expect, it } from 'vitest';
import { toUnlockRule } from '../../../src/fhir/to-unlock-rule.ts';
import fc from '../../fast-check.ts';
import { unlock } from '../mapping/arbitraries.ts';

const file = new URL('../../../profiles/fsh-generated/resources/StructureDefinition-unlock-rule.json', import.meta.url);
const definition: StructureDefinition = JSON.parse(readFileSync(file, 'utf8'));
const invariant = definition.differential?.element.flatMap(({ constraint = [] }) => constraint)[0];
const holds = (rule: Extension) =>
  fhirpath.evaluate(rule, { base: 'Extension', expression: invariant?.expression ?? '' }, {}, r4, { async: false });

const part = (...extension: Extension[]): Extension => ({ url: 'part', extension });
const type = (valueCode: string): Extension => ({ url: 'type', valueCode });
const after = [type('after'), { url: 'after', valueString: '1' }, { url: 'criterion', valueCode: 'behaviour-done' }];
const onDate = [type('on-date'), { url: 'date', valueDate: '2026-03-09' }];

describe('the invariant of an unlock rule', () => {
  it('holds of every rule that is written', () => {
    fc.assert(
      fc.property(unlock, (rule) => {
        expect(holds(toUnlockRule(rule))).toEqual([true]);
      }),
      { numRuns: 100 },
    );
  });

  it.each<[string, Extension[]]>([
    ['names no criterion', after.slice(0, 2)],
    ['names no step', [type('after'), { url: 'criterion', valueCode: 'behaviour-done' }]],
    ['names no day', [type('on-date')]],
    ['joins one part', [type('all'), part(...after)]],
    ['has a part without a criterion', [type('any'), part(...after), part(...after.slice(0, 2))]],
    ['has a part without a day', [type('all'), part(...after), part(type('on-date'))]],
  ])('does not hold of one that %s', (_what, extension) => {
    expect(holds({ url: 'rule', extension })).toEqual([false]);
  });

  it('holds of a day and a step joined', () => {
    expect(holds({ url: 'rule', extension: [type('all'), part(...after), part(...onDate)] })).toEqual([true]);
  });
});
