import type { CapabilityStatement } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { generic } from '../../src/ehr/vendors/generic.ts';
import { artefacts } from '../../src/homework/model.ts';
import { readCapabilities, searchByIdentifier } from '../../src/landing/capabilities.ts';
import { parseScopes, scopeIdentity } from '../../src/landing/granted-scopes.ts';
import { type Grants, knownGrants, noTokens } from '../../src/landing/grants.ts';
import { landingTable } from '../../src/landing/landing-table.ts';
import type { SiteSettings, VendorTraits } from '../../src/landing/vendor-traits.ts';

const vendor: VendorTraits = generic;
const code = { c: 'create', r: 'read', s: 'search-type', u: 'update' } as const;
type Letter = keyof typeof code;

/** A statement in the shorthand of vendors' tables: `{ Task: 'crus' }`. */
function statement(types: Record<string, string>): CapabilityStatement {
  const isLetter = (letter: string): letter is Letter => letter in code;
  const stated = {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: '2026-01-01',
    kind: 'instance',
    fhirVersion: '4.0.1',
    format: ['json'],
    rest: [
      {
        mode: 'server',
        interaction: [{ code: 'transaction' }, { code: 'batch' }],
        resource: Object.entries(types).map(([type, letters]) => ({
          type,
          conditionalCreate: type === 'Task',
          interaction: [...letters].filter(isLetter).map((letter) => ({ code: code[letter] })),
          searchParam: [{ name: 'patient', type: 'reference' as const }],
        })),
      },
    ],
  };
  // as it would come over the wire
  return JSON.parse(JSON.stringify(stated));
}

const everything = {
  ...{ CarePlan: 'crus', Task: 'crus', QuestionnaireResponse: 'crus', Observation: 'crus' },
  ...{ DocumentReference: 'crus', Communication: 'crus', Flag: 'crus' },
};
const granted = (scopes: string): Grants => ({ scopes: parseScopes(scopes), basis: 'granted' });
const table = (types: Record<string, string>, scopes?: string, traits = vendor, site: SiteSettings = {}) =>
  landingTable(readCapabilities(statement(types)), scopes === undefined ? noTokens : granted(scopes), traits, site);
const landingOf = (rows: ReturnType<typeof table>) =>
  Object.fromEntries(rows.map((row) => [row.artefact, row.landing]));
const rowOf = (rows: ReturnType<typeof table>, artefact: string) => rows.find((row) => row.artefact === artefact);

describe('readCapabilities', () => {
  it('sorts interactions and keeps unstated apart from refused', () => {
    const capabilities = readCapabilities(statement({ Task: 'usrc' }), { scopes_supported: ['system/Task.rs'] });
    expect(capabilities.interactions).toEqual({ Task: ['create', 'read', 'search-type', 'update'] });
    expect(capabilities.system).toEqual(['batch', 'transaction']);
    expect(capabilities.conditionalCreate).toEqual({ Task: true });
    expect(capabilities.conditionalUpdate).toEqual({});
    expect(capabilities.scopesSupported).toEqual(['system/Task.rs']);
    expect(searchByIdentifier(capabilities, ['Task', 'Observation'])).toEqual({ Task: false, Observation: false });
  });
});

describe('parseScopes and scopeIdentity', () => {
  const identity = (scope: string, letter: 'c' | 'u' | 'r', category?: string) =>
    scopeIdentity(parseScopes(scope), { type: 'Observation', letter, ...(category === undefined ? {} : { category }) });

  it.each([
    ['system/Observation.write', 'c', undefined, 'system'],
    ['system/Observation.read', 'c', undefined, 'none'],
    ['system/*.cruds', 'u', 'therapy', 'system'],
    ['user/Observation.c', 'c', 'survey', 'delegated'],
    ['user/Observation.c system/Observation.c', 'c', 'survey', 'system'],
    [
      'system/Observation.cu?category=http://terminology.hl7.org/CodeSystem/observation-category|survey',
      'c',
      'survey',
      'system',
    ],
    [
      'system/Observation.cu?category=http://terminology.hl7.org/CodeSystem/observation-category|survey',
      'c',
      'therapy',
      'none',
    ],
    ['system/Observation.cu?category=survey', 'c', undefined, 'none'],
    ['system/Observation.c?code=8480-6', 'c', 'survey', 'none'],
    ['launch openid fhirUser offline_access', 'c', undefined, 'none'],
  ] as const)('%s permits %s of category %s: %s', (scope, letter, category, expected) => {
    expect(identity(scope, letter, category)).toBe(expected);
  });
});

describe('landingTable', () => {
  it('lands everything natively where everything is taken', () => {
    const rows = table(everything, 'system/*.cruds');
    expect(rows.map(({ artefact }) => artefact)).toEqual(artefacts);
    const { report, ...others } = landingOf(rows);
    expect(new Set(Object.values(others))).toEqual(new Set(['native']));
    expect(report).toBe('note');
    expect(new Set(rows.map(({ identity }) => identity))).toEqual(new Set(['system']));
  });

  it('tells the plan in the note where an EHR takes observations and notes only', () => {
    const types = { ...everything, CarePlan: 'rs', QuestionnaireResponse: 'rs', Communication: 'rs' };
    const scopes = 'system/*.rs system/Observation.crus?category=x|survey system/DocumentReference.crs';
    const rows = table({ ...types, Task: 'rsu' }, scopes);
    expect(landingOf(rows)).toEqual({
      ...{ plan: 'note', assignment: 'note', occurrence: 'note', log: 'note', measure: 'observation' },
      ...{ adherence: 'note', feedback: 'note', report: 'note', safety: 'note' },
    });
    expect(rowOf(rows, 'plan')?.reason).toContain('no create and no update on CarePlan');
    expect(rowOf(rows, 'plan')?.toImprove).toContain('CarePlan');
    expect(rowOf(rows, 'adherence')?.reason).toContain('category therapy');
  });

  it('keeps in the app what nothing can carry, and says what would change that', () => {
    const rows = table({ Patient: 'rs' });
    expect(new Set(rows.map(({ landing, identity }) => `${landing} ${identity}`))).toEqual(new Set(['app-only none']));
    expect(rowOf(rows, 'report')?.toImprove).toContain('DocumentReference');
    expect(rowOf(rows, 'log')?.reason).toContain('does not list QuestionnaireResponse');
  });

  it('lands a log as a bare response where the plan cannot go, and warns that it cannot be amended', () => {
    const row = rowOf(table({ QuestionnaireResponse: 'crs' }), 'log');
    expect(row).toMatchObject({ landing: 'questionnaire-response' });
    expect(row?.reason).toContain('amended log cannot follow');
    expect(row?.toImprove).toContain('update');
  });

  it('believes a vendor file over the statement, and a site over both', () => {
    const refuses = [
      { type: 'Task', interaction: 'create' as const, because: 'only tasks that the EHR made', source: 'test' },
    ];
    const rows = table(everything, undefined, { ...vendor, refuses });
    expect(rowOf(rows, 'plan')).toMatchObject({ landing: 'note' });
    expect(rowOf(rows, 'plan')?.reason).toContain('only tasks that the EHR made');
    const landings = { feedback: { landing: 'app-only' as const, because: 'messages stay with us' } };
    const decided = table(everything, undefined, vendor, { landings });
    expect(rowOf(decided, 'feedback')).toMatchObject({ landing: 'app-only', identity: 'none' });
    expect(rowOf(decided, 'feedback')?.toImprove).toContain('native');
  });

  it('gives every landing a reason that is a sentence, and never invites to improve the best', () => {
    for (const rows of [table(everything), table({}), table({ DocumentReference: 'c' })]) {
      for (const { reason, landing, toImprove } of rows) {
        expect(reason).toMatch(/^[A-Z].*\.$/);
        if (landing === 'native') expect(toImprove).toBeNull();
        if (landing === 'app-only') expect(toImprove).toMatch(/\.$/);
      }
    }
  });
});

describe('whose token', () => {
  const notes = { DocumentReference: 'crs', Patient: 'rs' };

  it('is the service’s own, a person’s, or nobody’s, and the reason says how that is known', () => {
    const of = (grants: Grants) => rowOf(landingTable(readCapabilities(statement(notes)), grants, vendor), 'report');
    const capabilities = readCapabilities(statement(notes));
    const known = (scopes: Parameters<typeof knownGrants>[0]) => of(knownGrants(scopes, capabilities));
    expect(known({ granted: 'system/DocumentReference.c' })).toMatchObject({
      ...{ identity: 'system', scopes: ['system/DocumentReference.c'], toImprove: null },
      reason: expect.stringContaining('(granted)'),
    });
    expect(known({ requested: 'system/DocumentReference.write' })?.reason).toContain('RFC 6749 §5.1');
    const person = known({ granted: 'system/Patient.rs', asked: 'user/DocumentReference.crus' });
    expect(person).toMatchObject({ identity: 'delegated', landing: 'note', scopes: ['user/DocumentReference.c'] });
    expect(person?.reason).toContain('It waits until such a person has the chart of the patient open');
    expect(person?.reason).toContain('known at sign-in');
    expect(person?.toImprove).toContain('system/DocumentReference.c');
    expect(known({ granted: 'system/Patient.rs' })).toMatchObject({ identity: 'none', landing: 'app-only' });
    expect(known({ given: 'patient/DocumentReference.c' })?.scopes).toEqual(['patient/DocumentReference.c']);
  });

  it('is the service’s own rather than a person’s who was only asked, and a person’s once it was granted', () => {
    const types = { ...notes, Observation: 'crus' };
    const capabilities = readCapabilities(statement(types));
    const rows = (people: { asked: string } | { grantedToPerson: string }) =>
      landingTable(
        capabilities,
        knownGrants({ granted: 'system/DocumentReference.c', ...people }, capabilities),
        vendor,
      );
    const hoped = rowOf(rows({ asked: 'user/Observation.crus' }), 'measure');
    expect(hoped).toMatchObject({ landing: 'note', identity: 'system' });
    expect(hoped?.reason).toContain('Observation would rest on scopes that a person is asked for and may not get');
    expect(hoped?.toImprove).toContain('Ask for system/Observation.c');
    // where the service can do nothing itself, the best of what is hoped for
    const all = { asked: 'user/Observation.crus user/DocumentReference.crus' };
    const unlisted = landingTable(
      capabilities,
      knownGrants({ granted: 'system/Patient.r', ...all }, capabilities),
      vendor,
    );
    expect(landingOf(unlisted)).toMatchObject({ measure: 'observation', report: 'note', log: 'note' });
    expect(rowOf(rows({ grantedToPerson: 'user/Observation.crus' }), 'measure')).toMatchObject({
      ...{ landing: 'observation', identity: 'delegated' },
    });
  });

  it.each([
    ['plan', 'Task', 'native'],
    ['plan', 'CarePlan', 'native'],
    ['measure', 'Observation', 'observation'],
  ] as const)(
    'of a %s whose %s was refused though it was granted: the refusal is told, and no scope is asked for that there is',
    (artefact, type, wish) => {
      const types = { ...notes, Task: 'crus', CarePlan: 'crus', Observation: 'crus' };
      const capabilities = readCapabilities(statement(types));
      const granted = 'system/DocumentReference.c system/Task.cruds system/CarePlan.cruds system/Observation.cruds';
      const asked = 'user/Task.cu user/CarePlan.cu user/Observation.c';
      const refusal = { type, interaction: 'create', identity: 'system', source: 'attempt 7', seen: true } as const;
      const because = "it answered 403 to this service's own token on 2026-03-02";
      const refusing = { ...vendor, refuses: [...vendor.refuses, { ...refusal, because }] };
      const row = rowOf(landingTable(capabilities, knownGrants({ granted, asked }, capabilities), refusing), artefact);
      expect(row).toMatchObject({ landing: 'note', identity: 'system' });
      expect(row?.reason.toLowerCase()).toContain(
        `${wish}: ${type} create is advertised but refused here: ${because}`.toLowerCase(),
      );
      expect(row?.toImprove).toContain(`accept create on ${type} with the scopes that it granted`);
      expect(row?.toImprove).not.toContain('Ask for');
      // where a person has been granted it, the same is said of what would make it the service's own
      const grantedToPerson = knownGrants({ granted, grantedToPerson: asked }, capabilities);
      const carried = rowOf(landingTable(capabilities, grantedToPerson, refusing), artefact);
      expect(carried?.identity).toBe('delegated');
      expect(carried?.toImprove).not.toContain('Ask for');
    },
  );

  it('is assumed from the SMART configuration, or from the vendor’s habit where that lists nothing', () => {
    const listing = readCapabilities(statement(notes), {
      scopes_supported: ['openid', 'system/DocumentReference.crus'],
    });
    const [listed, silent] = [listing, readCapabilities(statement(notes), { scopes_supported: ['openid'] })].map(
      (capabilities) =>
        rowOf(
          landingTable(capabilities, knownGrants({}, capabilities), { ...vendor, unlistedScopes: 'delegated' }),
          'report',
        ),
    );
    expect(listed).toMatchObject({
      identity: 'system',
      assumption: expect.stringContaining('SMART configuration lists'),
    });
    expect(silent).toMatchObject({ identity: 'delegated', assumption: expect.stringContaining('no resource scopes') });
  });

  it('has to be one token for writes that need each other', () => {
    const types = { ...notes, CarePlan: 'crus', Task: 'crus' };
    const split = 'system/CarePlan.cu user/Task.cu system/DocumentReference.c';
    expect(rowOf(table(types, split), 'plan')).toMatchObject({ landing: 'note', identity: 'system' });
    expect(rowOf(table(types, split), 'plan')?.reason).toContain('by one token');
    expect(rowOf(table(types, `${split} user/CarePlan.cu`), 'plan')).toMatchObject({
      ...{ landing: 'native', identity: 'delegated' },
      scopes: ['user/CarePlan.cu', 'user/Task.cu'],
    });
    expect(rowOf(table(types, 'system/CarePlan.cu system/Task.c system/Task.u'), 'plan')?.landing).toBe('native');
  });

  it('needs a scope for the category, where the grant is granular', () => {
    const category = 'http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category';
    expect(
      rowOf(table(notes, `system/DocumentReference.c?category=${category}|clinical-note`), 'report')?.landing,
    ).toBe('note');
    expect(rowOf(table(notes, `system/DocumentReference.c?category=${category}|imaging`), 'report')?.landing).toBe(
      'app-only',
    );
  });
});

describe('a site’s settings', () => {
  const types = { ...everything, CarePlan: 'rs' };
  const decide = (landings: SiteSettings['landings'], more: Partial<VendorTraits> = {}) =>
    table(types, undefined, { ...vendor, ...more }, { landings });
  const because = 'our own evidence.';

  it('choose any way that is open', () => {
    const rows = decide({ log: { landing: 'note', because }, report: { landing: 'communication', because } });
    expect(rowOf(rows, 'report')).toMatchObject({ landing: 'communication', identity: 'system' });
    // what is told in the report goes where it goes
    expect(rowOf(rows, 'plan')?.landing).toBe('communication');
    expect(rowOf(rows, 'log')).toMatchObject({ landing: 'questionnaire-response' });
    expect(rowOf(rows, 'log')?.reason).toContain('which is not possible');
    expect(rowOf(decide({ log: { landing: 'note', because } }), 'log')).toMatchObject({
      landing: 'note',
      reason: expect.stringMatching(/^Set by the site: our own evidence\. It is told/),
      toImprove: expect.stringContaining('questionnaire-response'),
    });
  });

  it('are told as the site’s own only where it chose less than could be', () => {
    const without = { landings: { log: { landing: 'app-only', because } } } as const;
    expect(rowOf(table(everything, undefined, vendor, without), 'log')?.bySite).toBe(true);
    // nothing else is open there
    expect(rowOf(table({}, undefined, vendor, without), 'log')).not.toHaveProperty('bySite');
    expect(rowOf(decide({ plan: { landing: 'native', because } }), 'plan')).not.toHaveProperty('bySite');
    expect(rowOf(table(everything), 'log')).not.toHaveProperty('bySite');
  });

  it('cannot promise what statement or scopes rule out', () => {
    const plan = rowOf(decide({ plan: { landing: 'native', because } }), 'plan');
    expect(plan?.landing).toBe('note');
    expect(plan?.reason).toMatch(/^The site asks for native \(our own evidence\), which is not possible: .*CarePlan/);
    expect(plan?.toImprove).toContain('Correct landings.plan');
    const measure = rowOf(decide({ plan: { landing: 'observation', because } }), 'plan');
    expect(measure?.reason).toContain('plan has no landing observation');
  });

  it('know better than a vendor file, but not than a refusal that we saw', () => {
    const habit = {
      type: 'QuestionnaireResponse',
      interaction: 'create',
      because: 'only its own',
      source: 's',
    } as const;
    const landings = { log: { landing: 'questionnaire-response', because } } as const;
    expect(rowOf(decide(landings, { refuses: [habit] }), 'log')).toMatchObject({
      landing: 'questionnaire-response',
      reason: expect.stringContaining('only its own'),
    });
    expect(rowOf(decide(landings, { refuses: [{ ...habit, seen: true }] }), 'log')?.landing).toBe('note');
  });

  it('move plan, assignments and occurrences together', () => {
    const rows = table(everything, undefined, vendor, { landings: { occurrence: { landing: 'app-only', because } } });
    expect(landingOf(rows)).toMatchObject({ plan: 'app-only', assignment: 'app-only', occurrence: 'app-only' });
    expect(rows.filter(({ bySite }) => bySite === true).map(({ artefact }) => artefact)).toEqual([
      ...['plan', 'assignment', 'occurrence'],
    ]);
    // without their plan they stand alone
    expect(landingOf(rows)).toMatchObject({ log: 'questionnaire-response', measure: 'observation' });
  });

  it('raise measures where Observations are rows that the customer built', () => {
    const rowsOnly = { ...vendor, observationRowsOnly: true };
    expect(rowOf(table(types, undefined, rowsOnly), 'measure')).toMatchObject({
      landing: 'note',
      toImprove: expect.stringContaining('observationRows'),
    });
    const built = { observationRows: { 'suds-peak': { system: 'urn:oid:1.2', code: '17' } } };
    const rows = table(types, undefined, rowsOnly, built);
    expect(rowOf(rows, 'measure')).toMatchObject({ landing: 'observation' });
    expect(rowOf(rows, 'measure')?.reason).toContain('(suds-peak), the others are told in the report');
    expect(rowOf(rows, 'adherence')).toMatchObject({ landing: 'note' });
    const adherence = { observationRows: { 'homework-adherence': { system: 'urn:oid:1.2', code: '18' } } };
    expect(rowOf(table(types, undefined, rowsOnly, adherence), 'adherence')?.landing).toBe('observation');
  });
});

describe('a safety signal', () => {
  it('goes through every channel that is open; the landing is the best of them', () => {
    const all = rowOf(table(everything), 'safety');
    expect(all?.landing).toBe('native');
    expect(all?.channels?.map(({ type }) => type)).toEqual(['Flag', 'Task', 'DocumentReference', 'Communication']);
    const row = rowOf(table({ Communication: 'c', DocumentReference: 'c', Flag: 'cu', Task: 'c' }), 'safety');
    expect(row?.landing).toBe('note');
    expect(row?.channels?.map(({ type }) => type)).toEqual(['DocumentReference', 'Communication']);
    expect(row?.reason).toContain('The other open channels are used as well: Communication.');
  });

  it('is for people where no channel is open, and the reason names whom, or that nobody is', () => {
    const safetyRoute = { name: 'On-call therapist', phone: '555-0100' };
    expect(rowOf(table({}, undefined, vendor, { safetyRoute }), 'safety')?.reason).toContain(
      'people call On-call therapist, 555-0100',
    );
    const withoutPhone = rowOf(table({}, undefined, vendor, { safetyRoute: { name: 'The front desk' } }), 'safety');
    expect(withoutPhone?.reason).toContain('people call The front desk, this site');
    const nobody = rowOf(table({}), 'safety');
    expect(nobody).toMatchObject({ landing: 'app-only', identity: 'none', channels: [] });
    expect(nobody?.reason).toContain('would reach nobody');
    expect(nobody?.toImprove).toContain('Name a safetyRoute');
  });

  it('knows of each channel whose token opens it: one that needs a person does not hold up the others', () => {
    const scopes = 'user/DocumentReference.c system/Communication.c';
    const row = rowOf(table({ Communication: 'c', DocumentReference: 'c' }, scopes), 'safety');
    expect(row?.channels).toEqual([
      { type: 'DocumentReference', identity: 'delegated' },
      { type: 'Communication', identity: 'system' },
    ]);
  });

  it('asks for a human route too while it would wait for a person', () => {
    const row = rowOf(table({ DocumentReference: 'c' }, 'user/DocumentReference.c'), 'safety');
    expect(row).toMatchObject({ landing: 'note', identity: 'delegated' });
    expect(row?.toImprove).toContain('Name a safetyRoute');
  });
});
