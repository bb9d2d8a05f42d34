import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DoctorSource } from '../../../src/cli/doctor/doctor-source.ts';
import { onboardingSheet } from '../../../src/cli/doctor/onboarding-sheet.ts';
import { vendors, vendorTraits } from '../../../src/ehr/vendors/registry.ts';
import { readCapabilities } from '../../../src/landing/capabilities.ts';
import { knownGrants } from '../../../src/landing/grants.ts';
import { landingTable } from '../../../src/landing/landing-table.ts';
import type { SiteSettings } from '../../../src/landing/vendor-traits.ts';
import { readCompact, toSmartConfiguration, toStatement } from '../../landing/ehr-fixture.ts';

function sheetOf(vendor: string, site: SiteSettings = {}, given?: string): string {
  const compact = readCompact(vendor);
  const capabilities = readCapabilities(toStatement(compact), toSmartConfiguration(compact));
  const grants = knownGrants({ given }, capabilities);
  const source: DoctorSource = {
    ...{ capabilities, grants, scopesAre: 'assumed for this test', fhirVersion: '4.0.1', signIn: [] },
    ...{ vendor: vendorTraits(vendor), site, publicUrl: 'https://homework.example' },
    table: landingTable(capabilities, grants, vendorTraits(vendor), site),
  };
  return onboardingSheet(source);
}
const scopesIn = (sheet: string) => [...sheet.matchAll(/^(?:system|user|patient)\/\S+$/gm)].map(([scope]) => scope);

describe('the onboarding sheet', () => {
  it('of Epic is the one that was reviewed (golden file; UPDATE_GOLDEN=1 writes it anew)', () => {
    const file = resolve(import.meta.dirname, '../../fixtures/ehr/onboarding-epic.md');
    const site = {
      encounterRule: 'latest-open',
      observationRows: { 'suds-peak': { system: 'urn:oid:1.2.840.114350.1.13.1.2.7.2.707679', code: '21004' } },
      safetyRoute: { name: 'On-call therapist', phone: '555-0100' },
    };
    const sheet = `${sheetOf('epic', site)}\n`;
    if (process.env.UPDATE_GOLDEN !== undefined) writeFileSync(file, sheet);
    expect(sheet).toBe(readFileSync(file, 'utf8'));
  });

  it('asks for the least: what is written, what search-back reads, the patient', () => {
    expect(scopesIn(sheetOf('oracle-health'))).toEqual([
      ...['system/Communication.crs', 'system/DocumentReference.crs', 'system/Patient.rs'],
      ...['user/Encounter.rs', 'user/Patient.rs', 'user/Practitioner.rs', 'user/PractitionerRole.rs'],
      'patient/Patient.rs',
    ]);
    expect(scopesIn(sheetOf('athenahealth')).filter((scope) => /\.c/.test(scope))).toEqual([]);
    const veradigm = scopesIn(sheetOf('veradigm'));
    expect(veradigm).toContain('user/QuestionnaireResponse.crus');
    expect(veradigm).toContain('user/Observation.crus');
    // and wished for, as a system's
    expect(veradigm).toContain('system/Observation.crus');
  });

  it('tells whom people call, and that nobody is named where that keeps plans out', () => {
    expect(sheetOf('athenahealth')).toContain('Without it no new plan is taken');
    expect(sheetOf('athenahealth', { safetyRoute: { name: 'Front desk' } })).toContain(
      'A safety signal is carried by people: Front desk.',
    );
  });

  it.each([...vendors.keys()].filter((vendor) => vendor !== 'generic'))('of %s names where to register', (vendor) => {
    const sheet = sheetOf(vendor);
    for (const path of ['launch', 'callback', '.well-known/jwks.json']) {
      expect(sheet).toContain(`https://homework.example/${path} `);
    }
    expect(sheet).not.toMatch(/undefined|null|\[object/);
    expect(sheet).toMatch(/## 4\. What lands where/);
  });
});
