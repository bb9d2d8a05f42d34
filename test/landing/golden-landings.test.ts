import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { vendorTraits } from '../../src/ehr/vendors/registry.ts';
import { artefacts } from '../../src/homework/model.ts';
import { readCapabilities } from '../../src/landing/capabilities.ts';
import { knownGrants, noTokens } from '../../src/landing/grants.ts';
import { landingTable } from '../../src/landing/landing-table.ts';
import { landings } from '../../src/landing/vendor-traits.ts';
import { capturedVendors, readCompact, readJson, toSmartConfiguration, toStatement } from './ehr-fixture.ts';

/** The table that was reviewed by people: artefact × vendor, each cell with its reasoning. */
const golden = z
  .record(
    z.string(),
    z.record(
      z.enum(artefacts),
      z.strictObject({
        landing: z.enum(landings),
        identity: z.enum(['system', 'delegated', 'none']),
        because: z.string().regex(/^[A-Z].{20,}\.$/, 'a sentence'),
      }),
    ),
  )
  .parse(readJson('golden-landings'));

/** As `doctor` would make it: what is listed counts; HAPI takes no tokens. */
function tableOf(vendor: string) {
  const compact = readCompact(vendor);
  const capabilities = readCapabilities(toStatement(compact), toSmartConfiguration(compact));
  return landingTable(capabilities, vendor === 'hapi' ? noTokens : knownGrants({}, capabilities), vendorTraits(vendor));
}

it('has a column for every captured vendor, and for HAPI', () => {
  expect(Object.keys(golden).sort()).toEqual([...capturedVendors, 'hapi'].sort());
});

describe.each(Object.entries(golden))('%s', (vendor, column) => {
  const table = tableOf(vendor);

  it.each(Object.entries(column))('%s', (artefact, cell) => {
    const row = table.find((landingRow) => landingRow.artefact === artefact);
    expect({ landing: row?.landing, identity: row?.identity }).toEqual({
      landing: cell.landing,
      identity: cell.identity,
    });
    expect(row?.reason).toMatch(/^[A-Z].*\.$/);
  });
});
