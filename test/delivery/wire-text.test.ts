import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClaimedRow } from '../../src/delivery/claimed-group.ts';
import { referencesIn } from '../../src/delivery/replace-references.ts';
import { identifierIn, identifierOf, parseContent, toWireText } from '../../src/delivery/wire-text.ts';
import { toWire } from '../../src/ehr/fhir-json.ts';
import type { Artefact } from '../../src/homework/model.ts';
import type { Database } from '../../src/record/database/database.ts';
import { fillLedger } from '../bench/fill-ledger.ts';
import { openTestDatabase } from '../record/open-test-database.ts';

const nothingKnown: ReadonlyMap<string, string> = new Map();
let database: Database;
let stored: { artefact: Artefact; type: string; id: string; content: string }[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
  // a plan with its Tasks and logs with their measures, as the use cases write them and the store prints them
  await fillLedger(database, 2);
  const read = `select artefact, type, id, content::text as content from resource where artefact <> 'goal'`;
  stored = (await database.query<(typeof stored)[number]>(read)).rows;
});
afterAll(() => database.close());

function rowOf({ artefact, type, id, content }: (typeof stored)[number]): ClaimedRow {
  const versions = {
    wanted: 1,
    landed: 0,
    state: 'pending',
    withdraw: false,
    lastStatus: null,
    doubtAt: null,
  } as const;
  const stands = { ehrReference: null, ehrVersion: null };
  return { artefact, id, resourceType: type, name: `${type}/${id}`, ...versions, ...stands, content, references: [] };
}

describe('the text of a stored resource on its way to the EHR', () => {
  it('says what the parsed resource would say, without our id or with the EHR’s, and never a version', () => {
    expect(new Set(stored.map(({ artefact }) => artefact))).toEqual(
      new Set(['plan', 'assignment', 'occurrence', 'log', 'measure', 'adherence']),
    );
    for (const storedRow of stored) {
      const row = rowOf(storedRow);
      const resource = parseContent(storedRow.content, row);
      expect(resource.id).toBe(storedRow.id);
      expect(JSON.parse(toWireText({ content: storedRow.content, row, replacements: [] }, nothingKnown))).toEqual(
        toWire(resource),
      );
      expect(
        JSON.parse(toWireText({ content: storedRow.content, row, replacements: [] }, nothingKnown, 'e"17')),
      ).toEqual(toWire(resource, 'e"17'));
      expect(storedRow.content).not.toMatch(/"(versionId|lastUpdated)"/);
    }
  });

  it('is the same however the text begins', () => {
    for (const storedRow of stored) {
      const { id, ...rest } = parseContent(storedRow.content, rowOf(storedRow));
      for (const text of [JSON.stringify({ id, ...rest }), JSON.stringify({ ...rest, id }, null, 1)]) {
        expect(
          JSON.parse(toWireText({ content: text, row: rowOf(storedRow), replacements: [] }, nothingKnown, '17')),
        ).toEqual({ ...rest, id: '17' });
        expect(identifierIn(text, rowOf(storedRow))).toBe(identifierOf(rest));
      }
    }
  });

  it('takes references in their places along, whether what they stand for is known by now or not', () => {
    const measure = stored.find(({ artefact }) => artefact === 'measure');
    if (measure === undefined) throw new Error('no measure is stored');
    const row = rowOf(measure);
    expect(referencesIn(measure.content)).toHaveLength(2);
    for (const content of [measure.content, JSON.stringify(parseContent(measure.content, row), null, 1)]) {
      const replacements = referencesIn(content).map((place, at) => ({ ...place, by: `urn:uuid:${at}` }));
      const sent = JSON.parse(
        toWireText({ content, row, replacements }, new Map([['urn:uuid:1', 'QuestionnaireResponse/9']]), '17'),
      );
      expect(sent).toMatchObject({
        id: '17',
        basedOn: [{ reference: 'urn:uuid:0' }],
        derivedFrom: [{ reference: 'QuestionnaireResponse/9' }],
        subject: { reference: 'Patient/patient' },
      });
    }
  });

  it('names the identifier without being parsed', () => {
    for (const storedRow of stored) {
      const expected = identifierOf(parseContent(storedRow.content, rowOf(storedRow)));
      expect(expected).toMatch(/^https:\/\/intersession\.dev\/id\//);
      // what is cut off here could not be parsed any more
      expect(identifierIn(storedRow.content.slice(0, -1), rowOf(storedRow))).toBe(expected);
    }
  });

  it('reads another’s identifier from the content: a barrier, an instance of a measure', () => {
    const identifier = [{ system: 'https://intersession.dev/id/barrier', value: 'b1' }];
    const content = JSON.stringify({ resourceType: 'Observation', id: 'b1', identifier });
    const barrier = rowOf({ artefact: 'measure', type: 'Observation', id: 'b1', content });
    expect(identifierIn(content, barrier)).toBe('https://intersession.dev/id/barrier|b1');
    const instance = content.replace('id/barrier', 'id/measure').replaceAll('b1"', 'l1#suds:2"');
    const measure = rowOf({ artefact: 'measure', type: 'Observation', id: 'l1.suds.2', content: instance });
    expect(identifierIn(instance, measure)).toBe('https://intersession.dev/id/measure|l1#suds:2');
  });
});
