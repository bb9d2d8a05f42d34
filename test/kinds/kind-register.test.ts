import { describe, expect, it } from 'vitest';
import { hasCode } from '../../src/foundation/intersession-error.ts';
import type { Kind } from '../../src/kinds/kind.ts';
import { kindRegister } from '../../src/kinds/kind-register.ts';
import { registeredKinds } from '../../src/kinds/registry.ts';
import { catchError, describeKind } from './describe-kind.ts';
import { weeklyCheck } from './kind-from-outside.ts';
import { after } from './walk-diary.ts';

const url = 'https://intersession.dev/fhir/Questionnaire/self-monitoring';
const monitoring = registeredKinds.kind('self-monitoring');
const [first] = monitoring.versions;
const next = { ...first, questionnaire: { ...first.questionnaire, version: '1.1.0' } };
const bumped = kindRegister([{ ...monitoring, versions: [first, next] }]);

describe('the register of kinds', () => {
  it('finds each kind by its slug, and each version by its canonical', () => {
    for (const kind of registeredKinds.kinds) expect(registeredKinds.kind(kind.slug)).toBe(kind);
    for (const version of registeredKinds.versions) expect(registeredKinds.find(version.canonical)).toBe(version);
    const first = registeredKinds.version(`${url}|1.0.0`);
    expect(first).toMatchObject({ kind: monitoring, questionnaire: { id: 'self-monitoring', version: '1.0.0' } });
  });

  it('refuses an unknown kind, and names the known ones and where it was asked for', () => {
    const known = registeredKinds.kinds.map(({ slug }) => slug);
    const refused = catchError(() => registeredKinds.kind('interpretive-dance', 'assignments[2].kind'));
    const fields = { kind: 'interpretive-dance', known, field: 'assignments[2].kind' };
    expect(hasCode(refused, 'unknown-kind') && refused.fields).toEqual(fields);
  });

  it.each([`${url}|9.0.0`, url, '', 'self-monitoring', `${url}|`])('has no version %j', (canonical) => {
    expect(registeredKinds.find(canonical)).toBeUndefined();
    const refused = catchError(() => registeredKinds.version(canonical));
    expect(hasCode(refused, 'unknown-artefact') && refused.fields).toEqual({
      artefact: 'questionnaire',
      id: canonical,
    });
  });

  it.each([
    [undefined, 'is missing'],
    [url, `must be ${url}|1.0.0 or ${url}|1.1.0`],
    [`${url}|9.0.0`, `must be ${url}|1.0.0 or ${url}|1.1.0`],
    ['https://example.org/Questionnaire/phq|2', 'names no questionnaire that is known here'],
  ])('refuses %j in a document of others, naming the field', (canonical, problem) => {
    const path = 'QuestionnaireResponse.questionnaire';
    const refused = catchError(() => bumped.named(canonical, path));
    expect(hasCode(refused, 'invalid-request') && refused.fields).toEqual({ issues: [{ path, problem }] });
  });

  it('keeps every version: the first under the id it always had, a later one under an id of its own', () => {
    expect(bumped.versions.map(({ questionnaire }) => [questionnaire.id, questionnaire.version])).toEqual([
      ['self-monitoring', '1.0.0'],
      ['self-monitoring-1.1.0', '1.1.0'],
    ]);
    for (const version of ['1.0.0', '1.1.0']) {
      expect(bumped.named(`${url}|${version}`, 'q').questionnaire.version).toBe(version);
    }
  });

  it.each<[string, readonly Kind[], string]>([
    ['two kinds of one slug', [monitoring, { ...weeklyCheck, slug: monitoring.slug }], 'slug self-monitoring'],
    ['a version twice', [{ ...monitoring, versions: [first, first] }], `canonical ${url}|1.0.0`],
    ['one questionnaire in two kinds', [monitoring, { ...monitoring, slug: 'other' }], `canonical ${url}|1.0.0`],
    ['an id twice', [monitoring, withId('self-monitoring')], 'id self-monitoring'],
    ['an id that is none', [withId('no_id')], '"no_id"'],
    ['an id that is too long', [withId('x'.repeat(65))], 'cannot be the id'],
  ])('is not made of %s', (_what, kinds, said) => {
    expect(() => kindRegister(kinds)).toThrow(said);
  });
});

function withId(id: string): Kind {
  const [version] = weeklyCheck.versions;
  return { ...weeklyCheck, versions: [{ ...version, questionnaire: { ...version.questionnaire, id } }] };
}

describe.each(after.kinds.filter(({ slug }) => slug === 'walk-diary'))('a kind of two versions', describeKind);
