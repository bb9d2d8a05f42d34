import { describe, expect, it } from 'vitest';
import { vendorTraits } from '../../src/ehr/vendors/registry.ts';
import { artefacts } from '../../src/homework/model.ts';
import { type Capabilities, readCapabilities, searchByIdentifier } from '../../src/landing/capabilities.ts';
import { parseScopes } from '../../src/landing/granted-scopes.ts';
import { type Grants, type KnownScopes, knownGrants, noTokens } from '../../src/landing/grants.ts';
import { isToldInReport } from '../../src/landing/is-told-in-report.ts';
import { landingTable } from '../../src/landing/landing-table.ts';
import { leastScopes } from '../../src/landing/least-scopes.ts';
import { reachesChart } from '../../src/landing/reaches-chart.ts';
import { landings, type SiteSettings } from '../../src/landing/vendor-traits.ts';
import { capturedVendors, readCompact, toSmartConfiguration, toStatement } from './ehr-fixture.ts';

/** All that an analyst is told, as it was read by people: a change of a sentence or of a decision shows as a change of the file. */
const golden = '../fixtures/ehr/landing-words';
const capabilitiesOf = (vendor: string): Capabilities => {
  const compact = readCompact(vendor);
  return readCapabilities(toStatement(compact), toSmartConfiguration(compact));
};

interface Case {
  readonly vendor: string;
  readonly capabilities: Capabilities;
  readonly grants: Grants;
  readonly site?: SiteSettings;
  readonly roster?: string;
}

function told({ vendor, capabilities, grants, site, roster }: Case): string {
  const traits = vendorTraits(vendor);
  const table = landingTable(capabilities, grants, traits, site);
  const lines = table.flatMap(({ artefact, landing, identity, reason, toImprove, channels, writes, ...rest }) => [
    `${artefact}: ${landing}, ${identity}${rest.hoped === true ? ', hoped for' : ''}`,
    `  ${reason}`,
    ...(toImprove === null ? [] : [`  to improve: ${toImprove}`]),
    ...(rest.assumption === undefined ? [] : [`  assumed: ${rest.assumption}`]),
    `  writes: ${writes.map(({ type, interactions, category }) => `${type} ${interactions.join('+')}${category === undefined ? '' : ` (${category})`}`).join(', ')}`,
    ...(rest.scopes === undefined ? [] : [`  scopes: ${rest.scopes.join(' ')}`]),
    ...(channels === undefined
      ? []
      : [
          `  channels: ${channels.map((channel) => `${channel.type} ${channel.identity}`).join(', ')}; by itself: ${reachesChart({ channels })}`,
        ]),
  ]);
  const { system, people, wished } = leastScopes(table, { capabilities, vendor: traits, roster });
  const scopes = [`least: ${system.join(' ')}`, `people: ${people.join(' ')}`, `wished: ${wished.join(' ')}`];
  return `${[...lines, ...scopes].join('\n')}\n`;
}

/** A server that offers all that anything of ours can be. */
const generous = readCapabilities({
  resourceType: 'CapabilityStatement',
  ...{ status: 'active', date: '2026-01-01', kind: 'instance', fhirVersion: '4.0.1', format: ['json'] },
  rest: [
    {
      mode: 'server',
      resource: (
        [
          'CarePlan',
          'Task',
          'Goal',
          'Questionnaire',
          'QuestionnaireResponse',
          'Observation',
          'Communication',
          'DocumentReference',
          'Flag',
          'Patient',
          'Encounter',
          'Provenance',
          'Group',
        ] as const
      ).map((type) => ({
        type,
        interaction: (['read', 'search-type', 'create', 'update'] as const).map((code) => ({ code })),
        searchParam: [{ name: 'identifier', type: 'token' as const }],
      })),
    },
  ],
});

describe('what is said of each captured EHR', () => {
  it.each([...capturedVendors, 'hapi'])('%s', async (vendor) => {
    const capabilities = capabilitiesOf(vendor);
    const grants = vendor === 'hapi' ? noTokens : knownGrants({}, capabilities);
    const known = vendor === 'hapi' ? 'generic' : vendor;
    const all = knownGrants({ given: 'system/*.cruds user/*.cruds' }, capabilities);
    const roster = 'Group/panel-7';
    const site = {
      encounterRule: 'the open visit',
      observationRows: { 'homework-adherence': { system: 's', code: 'c' } },
    };
    await expect(
      [
        `# as it states itself\n${told({ vendor: known, capabilities, grants })}`,
        `# with every scope, an encounter rule and a flowsheet row\n${told({ vendor: known, capabilities, grants: all, site, roster })}`,
      ].join('\n'),
    ).toMatchFileSnapshot(`${golden}/${vendor}.txt`);
  });
});

describe('what is said of a server that offers everything', () => {
  const scopes: Record<string, KnownScopes> = {
    'all its own': { granted: 'system/*.cruds' },
    'requested, not known to be granted': { requested: 'system/*.cu' },
    'a person’s only': { granted: 'system/Patient.rs', asked: 'user/*.cruds' },
    'a person’s, as they were granted': { granted: 'system/Patient.rs', grantedToPerson: 'patient/*.cruds' },
    'some its own, some a person’s': {
      given: 'system/Observation.c system/Flag.cu user/DocumentReference.c user/CarePlan.cu',
    },
    'one category of observations': { given: 'system/Observation.c?category=survey system/DocumentReference.c' },
    'of v1': { given: 'system/Observation.write system/DocumentReference.write system/Task.read' },
    'none that helps': { given: 'openid fhirUser system/Patient.rs' },
  };
  it('by scope', async () => {
    const parts = Object.entries(scopes).map(([name, known]) => {
      const grants = knownGrants(known, generous);
      return `# ${name}\n${told({ vendor: 'generic', capabilities: generous, grants })}`;
    });
    await expect(parts.join('\n')).toMatchFileSnapshot(`${golden}/by-scope.txt`);
  });

  it('by what the site has set', async () => {
    const parts = landings.map((landing) => {
      const because = `the site wants ${landing}`;
      const overrides = Object.fromEntries(artefacts.map((artefact) => [artefact, { landing, because }]));
      const site = { landings: overrides };
      return `# all set to ${landing}\n${told({ vendor: 'generic', capabilities: generous, grants: noTokens, site })}`;
    });
    const site = { landings: { plan: { landing: 'note' as const, because: 'plans are read in the note' } } };
    parts.push(
      `# the plan alone\n${told({ vendor: 'generic', capabilities: generous, grants: noTokens, site: site })}`,
    );
    await expect(parts.join('\n')).toMatchFileSnapshot(`${golden}/by-site.txt`);
  });

  it('by vendor, whatever it states', async () => {
    const parts = capturedVendors.map((vendor) => {
      const grants = knownGrants({ given: 'system/*.cruds' }, generous);
      return `# ${vendor}\n${told({ vendor, capabilities: generous, grants })}`;
    });
    await expect(parts.join('\n')).toMatchFileSnapshot(`${golden}/by-vendor.txt`);
  });
});

it('an artefact is told in the report where it has no resource of its own', () => {
  const told = artefacts.flatMap((artefact) =>
    landings.filter((landing) => isToldInReport(artefact, landing)).map((landing) => `${artefact} ${landing}`),
  );
  expect(told).toEqual([
    ...['plan', 'assignment', 'occurrence', 'log', 'measure', 'adherence'].flatMap((artefact) => [
      `${artefact} note`,
      `${artefact} communication`,
    ]),
    'feedback note',
  ]);
});

it('what is searchable by identifier is told for each type that is asked of', () => {
  expect(searchByIdentifier(generous, ['Task', 'Medication'])).toEqual({ Task: true, Medication: false });
});

it.each(['xsystem/Task.c', 'system/Task.cx', 'system/Task.c ?a=b', 'launch/patient', 'system/task.c'])(
  '%j is no scope for a resource, or one without its conditions',
  (scope) => {
    const grants = parseScopes(scope).filter(({ conditions }) => conditions.length > 0);
    expect(grants).toEqual([]);
    expect(parseScopes(scope).map(({ type }) => type)).toEqual(scope.includes(' ') ? ['Task'] : []);
  },
);

it('a vendor’s category of observations is said without a source where none is known', () => {
  const { sources: _none, ...traits } = { ...vendorTraits('generic'), observationCategories: ['vital-signs'] };
  const rows = landingTable(generous, noTokens, traits);
  const measure = rows.find(({ artefact }) => artefact === 'measure');
  expect(measure?.landing).not.toBe('observation');
  expect(measure?.reason).not.toContain('undefined');
});
