import type { CapabilityStatement } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { generic } from '../../src/ehr/vendors/generic.ts';
import { artefacts } from '../../src/homework/model.ts';
import { readCapabilities, searchByIdentifier } from '../../src/landing/capabilities.ts';
import { parseScopes, scopeIdentity } from '../../src/landing/granted-scopes.ts';
import { landingTable } from '../../src/landing/landing-table.ts';
import type { VendorTraits } from '../../src/landing/vendor-traits.ts';

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
const table = (types: Record<string, string>, scopes?: string, traits = vendor) =>
  landingTable(readCapabilities(statement(types)), scopes === undefined ? undefined : parseScopes(scopes), traits);
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
    const site = { feedback: { landing: 'app-only' as const, because: 'messages stay with us' } };
    const decided = landingTable(readCapabilities(statement(everything)), undefined, vendor, site);
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
