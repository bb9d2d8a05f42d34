import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generic } from '../../src/ehr/vendors/generic.ts';
import { vendorNames, vendors, vendorTraits } from '../../src/ehr/vendors/registry.ts';
import { hasCode } from '../../src/foundation/intersession-error.ts';
import type { VendorFlag } from '../../src/landing/vendor-traits.ts';

const flags: readonly VendorFlag[] = [
  ...(['observationCategories', 'finalObservationsOnly', 'observationRowsOnly'] as const),
  ...(['needsEncounter', 'noteFormats', 'unlistedScopes'] as const),
];

it('knows the vendors by the names of TENANTS_FILE, and refuses any other by name', () => {
  expect(vendorNames).toEqual([
    ...['generic', 'epic', 'oracle-health', 'athenahealth', 'meditech', 'veradigm', 'hapi'],
  ]);
  expect(vendorTraits('epic').title).toBe('Epic');
  try {
    vendorTraits('epik');
    expect.unreachable();
  } catch (error) {
    expect(hasCode(error, 'configuration-invalid') && error.message).toContain('generic, epic, oracle-health');
  }
});

describe.each([...vendors.values()])('$vendor', (traits) => {
  it('is a file of that name, and a title for people', () => {
    expect(existsSync(resolve(import.meta.dirname, `../../src/ehr/vendors/${traits.vendor}.ts`))).toBe(true);
    expect(traits.title).not.toBe('');
  });

  it('states nothing that a generic server doesn’t without its source', () => {
    const differing = flags.filter((flag) => JSON.stringify(traits[flag]) !== JSON.stringify(generic[flag]));
    expect(Object.keys(traits.sources ?? {}).sort()).toEqual(differing.sort());
    for (const source of Object.values(traits.sources ?? {})) expect(source).not.toBe('');
    for (const { because, source } of traits.refuses) {
      expect(because).toMatch(/^[A-Za-z].*[^.]$/);
      expect(source).not.toBe('');
    }
    for (const { says, source } of traits.remarks ?? []) expect([says, source]).not.toContain('');
  });

  it('refuses nothing twice, and puts text/plain, which carries our mark, first among the formats', () => {
    const refused = traits.refuses.map(({ type, interaction }) => `${type} ${interaction}`);
    expect(new Set(refused).size).toBe(refused.length);
    expect(traits.noteFormats[0]).toBe('text/plain');
  });
});
