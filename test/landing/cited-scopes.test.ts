import { describe, expect, it } from 'vitest';
import { vendors } from '../../src/ehr/vendors/registry.ts';
import { type Capabilities, readCapabilities } from '../../src/landing/capabilities.ts';
import { parseScopes } from '../../src/landing/granted-scopes.ts';
import { type Grants, knownGrants } from '../../src/landing/grants.ts';
import { landingTable } from '../../src/landing/landing-table.ts';
import type { VendorTraits } from '../../src/landing/vendor-traits.ts';
import fc from '../fast-check.ts';
import { capturedVendors, readCompact, toSmartConfiguration, toStatement } from './ehr-fixture.ts';
import { letterByLetter, withoutScope } from './without-scope.ts';

const types = [
  ...['CarePlan', 'Task', 'QuestionnaireResponse', 'Observation', 'DocumentReference', 'Communication', 'Flag'],
];
const traits = [...vendors.values()];

/** Takes away, one after the other, every letter of every scope that a row cites. @returns how many were tried */
function takeAway(capabilities: Capabilities, grants: Grants, vendor: VendorTraits): number {
  const site = { observationRows: { 'suds-peak': { system: 's', code: '1' } } };
  const table = landingTable(capabilities, grants, vendor, site);
  let tried = 0;
  for (const row of table) {
    for (const scope of (row.scopes ?? []).flatMap(letterByLetter)) {
      tried += 1;
      const fewer = landingTable(capabilities, withoutScope(grants, scope, types), vendor, site);
      const now = fewer.find(({ artefact }) => artefact === row.artefact);
      const before = `${row.landing} ${row.identity}`;
      expect(`${now?.landing} ${now?.identity}`, `${row.artefact} at ${vendor.vendor} without ${scope}`).not.toBe(
        before,
      );
      // and nothing of that type is written for it by that token any more
      const written = now?.writes.some((write) => scope.includes(`/${write.type}.`)) === true;
      if (written) expect(now?.scopes).not.toContain(scope);
    }
  }
  return tried;
}

describe('without a scope that it cites, a row lands otherwise', () => {
  it.each(capturedVendors)('at %s, with all that its SMART configuration lists', (name) => {
    const compact = readCompact(name);
    const capabilities = readCapabilities(toStatement(compact), toSmartConfiguration(compact));
    const vendor = traits.find((trait) => trait.vendor === name);
    if (vendor === undefined) throw new Error(name);
    const tried = takeAway(capabilities, knownGrants({}, capabilities), vendor);
    // those that list nothing cite nothing
    if (compact.scopesSupported.length === 0) expect(tried).toBe(0);
    else expect(tried).toBeGreaterThan(5);
    const everything = parseScopes('system/*.cruds user/*.cruds');
    takeAway(capabilities, { scopes: everything, basis: 'granted' }, vendor);
  });

  it('at any vendor, with any statement and any scopes', () => {
    const codes = fc.subarray(['create', 'update', 'read']);
    const scope = fc
      .tuple(
        fc.constantFrom('system', 'user', 'patient'),
        fc.constantFrom(...types, '*'),
        fc.constantFrom('c', 'cu', 'u', 'cruds', 'write', 'read', '*'),
        fc.constantFrom('', '', '', '?category=x|survey', '?category=x|therapy,x|survey', '?category=x|clinical-note'),
      )
      .map(([context, type, letters, query]) => `${context}/${type}.${letters}${query}`);
    const statement = fc.record(Object.fromEntries(types.map((type) => [type, codes])));
    let tried = 0;
    fc.assert(
      fc.property(
        statement,
        fc.array(scope, { maxLength: 14 }),
        fc.constantFrom(...traits),
        (stated, scopes, vendor) => {
          const capabilities: Capabilities = {
            ...{ interactions: stated, conditionalCreate: {}, conditionalUpdate: {}, system: [], searchParams: {} },
          };
          tried += takeAway(capabilities, { scopes: parseScopes(scopes.join(' ')), basis: 'granted' }, vendor);
        },
      ),
      { numRuns: 600 },
    );
    expect(tried).toBeGreaterThan(500);
  });
});
