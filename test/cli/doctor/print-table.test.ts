import { describe, expect, it } from 'vitest';
import { printTable } from '../../../src/cli/doctor/print-table.ts';
import { statedFacts } from '../../../src/cli/doctor/stated-facts.ts';
import { generic } from '../../../src/ehr/vendors/generic.ts';
import { readCapabilities } from '../../../src/landing/capabilities.ts';
import { noTokens } from '../../../src/landing/grants.ts';
import { landingTable } from '../../../src/landing/landing-table.ts';

/** What doctor prints of a server that takes nothing, as this version of FHIR or for want of every type. */
function printed(fhirVersion: string): string {
  const statement: unknown = { resourceType: 'CapabilityStatement', fhirVersion, rest: [{ mode: 'server' }] };
  // as it would come over the wire
  const capabilities = readCapabilities(JSON.parse(JSON.stringify(statement)));
  const facts = { vendor: generic.vendor, fhirVersion, ...statedFacts(capabilities), signIn: [] };
  const landings = landingTable(capabilities, noTokens, generic, {});
  return printTable({ ...facts, landings }, { vendor: generic, scopesAre: 'none', capabilities });
}

describe.each(['4.0.1', '3.0.2', '5.0.0'])('the table of a server that takes nothing, FHIR %s', (version) => {
  const text = printed(version);

  it('keeps names and landings apart, however many artefacts share a row', () => {
    const heads = text.split('\n').filter((line) => /^ {2}\S.*app-only/.test(line));
    expect(heads.length).toBeGreaterThan(2);
    for (const head of heads) expect(head).toMatch(/\S {2,}app-only/);
  });

  it('says nothing twice in one reason', () => {
    for (const paragraph of text.split('\n\n')) {
      const words = paragraph.replace(/\s+/g, ' ');
      const twice = words.match(/(the EHR (?:speaks|'s statement).{20,}).*\1/i);
      expect(twice?.[1]).toBeUndefined();
    }
  });
});
