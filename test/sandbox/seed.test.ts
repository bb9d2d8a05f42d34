import { expect, it } from 'vitest';
import { loadDefinitions } from '../../src/sandbox/definitions.ts';
import { seed } from '../../src/sandbox/seed/seed-face.ts';

const key = ({ resourceType, id }: { resourceType: string; id?: string }) => `${resourceType}/${id}`;

it('every seeded resource is valid R4 and refers only to seeded ones', () => {
  const keys = new Set(seed.map(key));
  expect(keys.size).toBe(seed.length);
  for (const resource of seed) {
    expect([key(resource), loadDefinitions().structuralIssues(resource)]).toEqual([key(resource), []]);
    const references = [...JSON.stringify(resource).matchAll(/"reference":"([^"]+)"/g)].map((match) => match[1]);
    expect(references.filter((reference) => !keys.has(String(reference)))).toEqual([]);
  }
});

it('holds the people of the worked case', () => {
  const ids = seed.map(key);
  expect(ids.filter((id) => id.startsWith('Patient/'))).toHaveLength(12);
  expect(ids).toEqual(
    expect.arrayContaining([
      'Patient/sarah',
      'Practitioner/dr-okafor',
      'Practitioner/dr-lindqvist',
      'Practitioner/coordinator-reyes',
      'Practitioner/integration-haddad',
      'Organization/harbor-clinic',
      'Condition/sarah-social-anxiety',
      'Goal/sarah-speak-in-meetings',
      'Encounter/sarah-2026-03-25',
      'Encounter/sarah-2026-03-01',
    ]),
  );
});
