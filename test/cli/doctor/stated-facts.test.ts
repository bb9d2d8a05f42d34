import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { statedFacts, statedTypes } from '../../../src/cli/doctor/stated-facts.ts';
import { readCapabilities } from '../../../src/landing/capabilities.ts';
import { parseScopes } from '../../../src/landing/granted-scopes.ts';
import {
  capturedVendors,
  readCompact,
  readJson,
  toSmartConfiguration,
  toStatement,
} from '../../landing/ehr-fixture.ts';

/** Written by hand from the page of facts, cell by cell. */
const facts = z
  .strictObject({
    source: z.string(),
    legend: z.string(),
    interactions: z.record(z.string(), z.record(z.string(), z.string())),
    searchByIdentifier: z.record(z.string(), z.boolean()),
    systemWriteScopes: z.record(z.string(), z.string()),
    system: z.record(z.string(), z.array(z.string())),
    conditionalCreate: z.record(z.string(), z.boolean().nullable()),
  })
  .parse(readJson('facts-table'));
const codes: Record<string, string> = { c: 'create', u: 'update', p: 'patch', r: 'read', s: 'search-type' };

describe.each(capturedVendors)('what %s states', (vendor) => {
  const compact = readCompact(vendor);
  const answer = statedFacts(readCapabilities(toStatement(compact), toSmartConfiguration(compact)));

  it('names its vendor', () => expect(compact.vendor).toBe(vendor));

  it.each(Object.entries(facts.interactions))('%s', (type, row) => {
    expect(row[vendor], `${vendor} in each table of test/fixtures/ehr/facts-table.json`).toBeDefined();
    expect(answer.interactions[type]).toEqual([...(row[vendor] ?? '?')].map((letter) => codes[letter]).sort());
  });

  it('about identifiers, conditions and systems', () => {
    expect(Object.keys(facts.interactions)).toEqual(statedTypes);
    const searchable = facts.searchByIdentifier[vendor];
    expect(answer.searchByIdentifier).toEqual({
      QuestionnaireResponse: searchable,
      Observation: searchable,
      DocumentReference: searchable,
    });
    expect(answer.system).toEqual(facts.system[vendor]);
    expect(answer.conditionalCreate).toEqual(facts.conditionalCreate[vendor]);
  });

  it('about scopes by which a system could write', () => {
    const scopes = parseScopes(compact.scopesSupported.join(' '));
    const writing = scopes.filter(({ letters }) => letters.has('c') || letters.has('u'));
    const system = writing.filter(({ context }) => context === 'system');
    const beyond = system.filter(
      ({ type, letters }) => letters.has('c') && compact.interactions[type]?.includes('create') === false,
    );
    const stated: Record<string, boolean> = {
      'not listed': scopes.length === 0,
      yes: system.length > 0,
      'yes, more than the statement offers': system.length > 0 && beyond.length > 0,
      'none: user/*.* only':
        system.length === 0 && writing.every(({ context, type }) => context === 'user' && type === '*'),
    };
    expect(stated[facts.systemWriteScopes[vendor] ?? '']).toBe(true);
  });
});
