import { describe, expect, it } from 'vitest';
import type { Correction } from '../../src/ehr/correction.ts';
import type { EhrTenant, Probe } from '../../src/ehr/ehr-tenant.ts';
import { deriveAbilities, digestOf, isCurrent, stillFollows, withGrants } from '../../src/ehr/known-ehr.ts';
import { vendorTraits } from '../../src/ehr/vendors/registry.ts';
import fc from '../fast-check.ts';

const now = new Date('2026-03-02T15:00:00Z');
const minutes = 60_000;
const interaction = (['create', 'update', 'read', 'search-type'] as const).map((code) => ({ code }));
const stated = (
  types: readonly ('Task' | 'CarePlan' | 'QuestionnaireResponse' | 'Observation')[],
  at = now,
): Probe => ({
  at,
  capabilityStatement: {
    ...{ resourceType: 'CapabilityStatement', status: 'active', date: '', kind: 'instance', fhirVersion: '4.0.1' },
    format: [],
    rest: [{ mode: 'server', resource: types.map((type) => ({ type, interaction })) }],
  },
});
const said = (msAgo: number): Probe => stated([], new Date(now.getTime() - msAgo));
const tenant: EhrTenant = {
  ...{ id: 'north', fhirBase: 'https://ehr.example/fhir', vendor: 'generic', auth: 'smart', limits: {} },
  systemScopes: 'system/*.cruds',
};
const ehr = { tenant, traits: vendorTraits('generic') };

describe('what an EHR said of itself', () => {
  it.each<[string, Parameters<typeof isCurrent>[0], boolean]>([
    ['was never heard', {}, false],
    ['was never heard, and it did not answer a moment ago', { unansweredAt: 999_990 }, false],
    ['was said just now', { probe: said(0) }, true],
    ['was said nine minutes ago', { probe: said(9 * minutes) }, true],
    ['was said ten minutes ago', { probe: said(10 * minutes) }, false],
    ['was said an hour ago', { probe: said(60 * minutes) }, false],
    ['was said by a clock that was ahead', { probe: said(-1) }, false],
    ['is old, and it did not answer 59 s ago', { probe: said(60 * minutes), unansweredAt: 941_000 }, true],
    ['is old, and it did not answer 60 s ago', { probe: said(60 * minutes), unansweredAt: 940_000 }, false],
    [
      'was said by a clock that was ahead, and it did not answer just now',
      { probe: said(-1), unansweredAt: 1e6 },
      true,
    ],
  ])('%s', (_name, known, current) => {
    expect(isCurrent(known, { now, steady: 1_000_000 })).toBe(current);
  });

  it('takes the grants of the token, else those that were known; a person’s stay', () => {
    const fresh = said(0);
    const before = { ...said(minutes), grantedScope: 'system/Task.r', personScope: 'user/Task.c' };
    expect(withGrants(fresh, undefined, undefined)).toEqual(fresh);
    expect(withGrants(fresh, before, undefined)).toEqual({ ...before, at: fresh.at });
    expect(withGrants(fresh, before, 'system/Task.c')).toEqual({
      ...before,
      at: fresh.at,
      grantedScope: 'system/Task.c',
    });
  });
});

describe('what follows from it', () => {
  const probe = stated(['Task', 'CarePlan', 'QuestionnaireResponse', 'Observation']);
  const refused = (more: Partial<Correction> = {}): Correction => ({
    ...{ type: 'QuestionnaireResponse', interaction: 'create', identity: 'any', status: 405, attemptId: 'a', at: now },
    statementDigest: digestOf(probe),
    ...more,
  });
  const landingOf = (learned: readonly Correction[], at = now) =>
    deriveAbilities(ehr, probe, learned, at).landings.find(({ artefact }) => artefact === 'log')?.landing;

  it('heeds a refusal while it holds, and no longer', () => {
    const again = new Date(now.getTime() + 1000);
    expect(landingOf([])).toBe('native');
    expect(landingOf([refused()])).not.toBe('native');
    expect(landingOf([refused({ statementDigest: 'of another statement' })])).toBe('native');
    expect(landingOf([refused({ status: 403, identity: 'system', againAt: again })])).not.toBe('native');
    expect(landingOf([refused({ status: 403, identity: 'system', againAt: again })], again)).toBe('native');
  });

  it('is derived once for the same word, the same lessons and a time before the first of them ends', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3, max: 5 }), { maxLength: 4 }), fc.nat(6), (ends, later) => {
        const learned = ends.map((ms) => refused({ againAt: new Date(now.getTime() + ms) }));
        const derived = deriveAbilities(ehr, probe, learned, now);
        const then = new Date(now.getTime() + later);
        const anew = deriveAbilities(ehr, probe, learned, then);
        const { from: _probe, with: _learned, until: _end, ...abilities } = derived;
        // as long as it is taken for the same, it is the same
        if (stillFollows(derived, probe, learned, then)) expect(anew).toMatchObject(abilities);
        else expect(anew.corrections.length).toBeLessThan(abilities.corrections.length);
        expect(stillFollows(derived, { ...probe }, learned, now)).toBe(false);
        expect(stillFollows(derived, probe, [...learned], now)).toBe(false);
      }),
    );
    expect(stillFollows(undefined, probe, [], now)).toBe(false);
  });
});
