import { expect, it } from 'vitest';
import { relativeReferences } from '../../src/fhir/relative-references.ts';

const base = 'https://ehr.example/r4';

it('makes references to the server’s own resources relative, at any depth, and leaves every other member as it is', () => {
  const answered = {
    resourceType: 'Encounter',
    status: 'finished',
    length: { value: 50 },
    // R4 writes null beside a primitive that has only an extension
    priority: null,
    subject: { reference: `${base}/Patient/17`, display: 'Sarah' },
    basedOn: [{ reference: `${base}/Task/a/_history/3` }, { reference: 'Task/b/_history/4' }],
    participant: [{ individual: { reference: 'https://other.example/r4/Practitioner/1' } }, null],
    account: [{ reference: '#bill' }, { reference: 'urn:uuid:1' }, { reference: `${base}/Account` }],
    partOf: { reference: 17 },
  };
  const before = structuredClone(answered);
  expect(relativeReferences(answered, base)).toEqual({
    ...answered,
    subject: { reference: 'Patient/17', display: 'Sarah' },
    basedOn: [{ reference: 'Task/a' }, { reference: 'Task/b' }],
  });
  expect(answered).toEqual(before);
});
