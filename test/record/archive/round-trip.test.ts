import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readArchive } from '../../../src/fhir/archive/read-archive.ts';
import { bundleOf } from '../../../src/record/archive/export-plans.ts';
import fc from '../../fast-check.ts';
import { openTestRecord, type TestRecord } from '../open-test-record.ts';
import { archivedPlan } from './arbitrary-archive.ts';
import { contentOfTables, exportAll, fhirBase, importAll, wipe } from './copy-record.ts';

let test: TestRecord;
beforeAll(async () => {
  test = await openTestRecord();
});
afterAll(() => test.close());

const wire = <T>(value: T): T => JSON.parse(JSON.stringify(value));
const reading = () => ({
  tenantId: 'north',
  fhirBase,
  questionnaireOf: (canonical: string) => test.record.kinds.find(canonical)?.questionnaire,
});

describe('any plan', () => {
  it('is read from its export as it was written', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(archivedPlan, (archived) => {
        const bundle = wire(bundleOf(test.record, 'north', fhirBase, archived));
        // what came from no store has no version there
        const dated = (bundle.entry ?? []).map(({ fullUrl, resource }) => ({
          fullUrl,
          resource: {
            ...resource,
            meta: { ...resource?.meta, versionId: '1', lastUpdated: '2026-03-01T15:00:00.000Z' },
          },
        }));
        const read = readArchive({ ...bundle, entry: dated }, reading()).archived;
        expect({ ...read, stored: [] }).toEqual(archived);
      }),
      { numRuns: 150 },
    );
  });

  it('comes back from the store as it was exported: every row, every resource, every byte', {
    timeout: 240_000,
  }, async () => {
    await fc.assert(
      fc
        .asyncProperty(archivedPlan, async (archived) => {
          const first = wire(bundleOf(test.record, 'north', fhirBase, archived));
          const dated = (first.entry ?? []).map(({ fullUrl, resource }) => ({
            fullUrl,
            resource: {
              ...resource,
              meta: { ...resource?.meta, versionId: '7', lastUpdated: '2026-02-01T15:00:00.000Z' },
            },
          }));
          await importAll(test.record, 'north', [{ ...first, entry: dated }]);
          const exported = await exportAll(test.record, 'north');
          const before = await contentOfTables(test.database);
          await wipe(test.database);
          const again = await importAll(test.record, 'north', exported);
          expect(again).toEqual([{ planId: archived.state.plan.id, outcome: 'imported', madeAnew: [] }]);
          expect(await exportAll(test.record, 'north')).toEqual(exported);
          expect(await contentOfTables(test.database)).toEqual(before);
          expect(await importAll(test.record, 'north', exported)).toMatchObject([{ outcome: 'unchanged' }]);
        })
        .beforeEach(() => wipe(test.database)),
      { numRuns: 12 },
    );
  });
});
