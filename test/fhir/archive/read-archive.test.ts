import type { FhirResource } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { readArchive } from '../../../src/fhir/archive/read-archive.ts';
import { broken } from '../reading/broken.ts';
import { changed, fileOf, heldArchive, heldFile, lastUpdated } from './archive-file.ts';
import { fhirBase, reading, sampleArchive } from './sample-archive.ts';

const read = (bundle: unknown) => readArchive(bundle, reading);

describe('an export that is read back', () => {
  it('is what was written: every row, its facts, its signals, its keys and what was withdrawn', () => {
    const { archived: again } = read(heldFile());
    const { stored, ...rest } = again;
    const { stored: _, ...wrote } = heldArchive;
    expect(rest).toStrictEqual(wrote);
    expect(stored.map(({ version, lastUpdated }) => [version, lastUpdated])).toEqual([
      ...heldArchive.stored.slice(0, -2).map(({ version }) => [version, lastUpdated]),
      [4, '2026-03-21T15:00:00.000Z'],
      [3, '2026-03-20T15:00:00.000Z'],
    ]);
    expect(fileOf(again)).toEqual(heldFile());
  });

  it('is so whatever order its entries have', () => {
    const bundle = heldFile();
    const turned = read({ ...bundle, entry: bundle.entry?.toReversed() });
    expect(turned.archived.state.plan).toStrictEqual(heldArchive.state.plan);
    expect(turned.archived.state.assignments).toStrictEqual(heldArchive.state.assignments.toReversed());
    expect(turned.archived.facts).toEqual(heldArchive.facts);
    expect(turned.archived.changes).toEqual(heldArchive.changes);
  });

  it('has its resources as our endpoint held them: relative, without their row, their version beside them', () => {
    const { stored } = read(heldFile()).archived;
    const derived = sampleArchive.stored.map((held) => ({ ...held, resource: { meta: {}, ...held.resource } }));
    expect(stored.slice(-2)).toStrictEqual(derived.toReversed());
    expect(JSON.stringify(stored)).not.toContain('record-row');
    expect(JSON.stringify(stored)).not.toContain(fhirBase);
  });

  it('says which entry each row came from', () => {
    expect([...read(heldFile()).entryOf]).toEqual([
      ['plan/plan-a', 'entry[0] CarePlan/plan-a'],
      ['assignment/step-a', 'entry[3] Task/step-a'],
      ['assignment/step-b', 'entry[4] Task/step-b'],
      ['occurrence/step-a.1', 'entry[5] Task/step-a.1'],
      ['log/log-a', 'entry[6] QuestionnaireResponse/log-a'],
      ['log/log-b', 'entry[7] QuestionnaireResponse/log-b'],
      ['barrier/barrier-a', 'entry[8] Observation/barrier-a'],
      ['feedback/message-a', 'entry[9] Communication/message-a'],
      ['report/report-a', 'entry[10] DocumentReference/report-a'],
      ['report/report-b', 'entry[11] DocumentReference/report-b'],
      ['safety/signal-a', 'entry[12] Flag/signal-a'],
    ]);
  });

  it('takes the version and time of what has none from its meta alone', () => {
    const first = read(changed('CarePlan/plan-a', (plan) => broken(plan, 'meta.versionId'))).archived.stored[0];
    expect(first?.version).toBe(1);
    const zoned = (plan: FhirResource) => broken(plan, 'meta.lastUpdated', '2026-03-30T10:00:00-05:00');
    expect(read(changed('CarePlan/plan-a', zoned)).archived.stored[0]?.lastUpdated).toBe(lastUpdated);
  });

  it('knows no changes where the plan tells none, and no keys', () => {
    const bare = { ...heldArchive, changes: [], sourceKeys: new Map() };
    const again = read(fileOf(bare)).archived;
    expect(again.changes).toEqual([]);
    expect(again.sourceKeys).toEqual(new Map());
  });
});
