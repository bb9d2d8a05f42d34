import { describe, expect, it } from 'vitest';
import { searchesFor } from '../../src/delivery/searches-for.ts';
import type { Capabilities } from '../../src/landing/capabilities.ts';
import { claimedGroup, claimedRow, plan, sendingContext } from './claimed.ts';

const writesOf = (...rows: ReturnType<typeof claimedRow>[]) => plan(claimedGroup(rows)).writes;
const offers = (type: string, searchParams: readonly string[], more: Partial<Capabilities> = {}): Capabilities => ({
  ...sendingContext().capabilities,
  searchParams: { [type]: searchParams },
  ...more,
});
/** Each search as `Type?name=value&…`, decoded, and how many writes it is for. */
const said = ({ possible, impossible }: ReturnType<typeof searchesFor>) => ({
  possible: possible.map(({ type, parameters, writes }) => [
    `${type}?${[...parameters].map(([name, value]) => `${name}=${value}`).join('&')}`,
    writes.length,
  ]),
  impossible: impossible.length,
});
const system = 'https://intersession.dev/id/assignment';
const about = { subject: { reference: 'Patient/sarah' } };
const measure = (id: string, resource: object = {}) =>
  claimedRow({ artefact: 'measure', id, resourceType: 'Observation' }, { status: 'final', ...about, ...resource });

describe('what finds what stands there already', () => {
  it('is its identifier, many at once, each search of twenty', () => {
    const rows = Array.from({ length: 41 }, (_, n) => claimedRow({ id: `a${n}` }));
    const { possible } = searchesFor(writesOf(...rows), offers('Task', ['identifier', 'patient']));
    expect(possible.map(({ writes }) => writes.length)).toEqual([20, 20, 1]);
    const asked = possible.flatMap(({ parameters }) => parameters.get('identifier')?.split(',') ?? []);
    expect(asked).toEqual(rows.map(({ id }) => `${system}|${id}`));
    expect(possible.flatMap(({ writes }) => writes.map(({ row }) => row.id))).toEqual(rows.map(({ id }) => id));
  });

  it('goes type by type', () => {
    const writes = writesOf(
      claimedRow(),
      claimedRow({ artefact: 'plan', id: 'p1', resourceType: 'CarePlan' }),
      claimedRow({ id: 'a2' }),
    );
    expect(said(searchesFor(writes, sendingContext().capabilities)).possible).toEqual([
      [`Task?identifier=${system}|a1,${system}|a2`, 2],
      ['CarePlan?identifier=https://intersession.dev/id/plan|p1', 1],
    ]);
  });

  it('escapes what means something in a search', () => {
    const row = claimedRow({}, { identifier: [{ system: 's', value: 'a,b$c|d\\e' }] });
    expect(said(searchesFor(writesOf(row), offers('Task', ['identifier']))).possible).toEqual([
      ['Task?identifier=s|a\\,b\\$c\\|d\\\\e', 1],
    ]);
  });

  it.each<[string, readonly string[], string | undefined]>([
    ['patient', ['patient', 'subject'], 'Task?patient=sarah'],
    ['subject', ['subject'], 'Task?subject=Patient/sarah'],
    ['nothing', ['code', 'date'], undefined],
    ['nothing at all', [], undefined],
  ])('without identifiers is the patient: by %s', (_name, parameters, search) => {
    const row = claimedRow({ id: 'a1' });
    expect(said(searchesFor(writesOf(row), offers('Task', parameters)))).toEqual({
      possible: search === undefined ? [] : [[search, 1]],
      impossible: search === undefined ? 1 : 0,
    });
  });

  it('is the patient for all of them where one has no identifier', () => {
    const nameless = claimedRow({ id: 'a2' }, { identifier: [] });
    expect(
      said(searchesFor(writesOf(claimedRow(), nameless), offers('Task', ['identifier', 'patient']))).possible,
    ).toEqual([['Task?patient=sarah', 2]]);
  });

  it('is nothing where the type cannot be searched, whatever parameters it lists', () => {
    const readOnly = offers('Task', ['identifier', 'patient'], { interactions: { Task: ['create', 'read'] } });
    expect(said(searchesFor(writesOf(claimedRow()), readOnly))).toEqual({ possible: [], impossible: 1 });
    const unserved = offers('CarePlan', ['identifier'], { interactions: {} });
    expect(said(searchesFor(writesOf(claimedRow()), unserved))).toEqual({ possible: [], impossible: 1 });
  });

  it('is nothing for whom no patient of this EHR is named', () => {
    for (const reference of ['https://elsewhere.example/Patient/sarah', 'Group/g', '#contained', undefined]) {
      const row = claimedRow({}, { identifier: [], for: { reference } });
      expect(said(searchesFor(writesOf(row), offers('Task', ['patient'])))).toEqual({ possible: [], impossible: 1 });
    }
  });

  it('is the recipient of a message, where all of them go to the patient', () => {
    const message = (recipient: unknown, id = 'f1') =>
      claimedRow({ artefact: 'feedback', id, resourceType: 'Communication' }, { ...about, recipient });
    const byRecipient = offers('Communication', ['recipient']);
    const toSarah = message([{ reference: 'Practitioner/17' }, { reference: 'Patient/sarah' }]);
    expect(said(searchesFor(writesOf(toSarah), byRecipient)).possible).toEqual([
      ['Communication?recipient=Patient/sarah', 1],
    ]);
    for (const recipient of [[{ reference: 'Patient/other' }], [], undefined, { reference: 'Patient/sarah' }]) {
      expect(said(searchesFor(writesOf(message(recipient)), byRecipient))).toEqual({ possible: [], impossible: 1 });
    }
    expect(said(searchesFor(writesOf(toSarah, message([], 'f2')), byRecipient)).impossible).toBe(2);
  });

  it('is narrowed by codes and days that all of them have, a day to either side', () => {
    const coded = (code: string, more: object = {}) => ({ code: { coding: [{ system: 's', code }] }, ...more });
    const byAll = offers('Observation', ['patient', 'code', 'date']);
    const first = measure('m1', coded('a', { effectiveDateTime: '2026-03-02T23:30:00-05:00' }));
    const second = measure('m2', coded('b,c', { effectivePeriod: { start: '2026-03-05T10:00:00Z' } }));
    const third = measure('m3', coded('a', { effectivePeriod: { end: '2026-02-27' } }));
    expect(said(searchesFor(writesOf(first, second, third), byAll)).possible).toEqual([
      ['Observation?patient=sarah&code=s|a,s|b\\,c&date=ge2026-02-26&date=le2026-03-06', 3],
    ]);
    expect(said(searchesFor(writesOf(first), offers('Observation', ['patient']))).possible).toEqual([
      ['Observation?patient=sarah', 1],
    ]);
    // what one of them does not have would hide it
    expect(said(searchesFor(writesOf(first, measure('m4', coded('d'))), byAll)).possible).toEqual([
      ['Observation?patient=sarah&code=s|a,s|d', 2],
    ]);
    expect(
      said(searchesFor(writesOf(first, measure('m5', { effectiveDateTime: '2026-03-02' })), byAll)).possible,
    ).toEqual([['Observation?patient=sarah&date=ge2026-03-01&date=le2026-03-04', 2]]);
    const nonsense = measure('m6', coded('a', { effectiveDateTime: 'spring' }));
    expect(said(searchesFor(writesOf(nonsense), byAll)).possible).toEqual([['Observation?patient=sarah&code=s|a', 1]]);
  });

  it('is a note’s type and date', () => {
    const note = claimedRow(
      { artefact: 'report', id: 'r1', resourceType: 'DocumentReference' },
      {
        ...about,
        type: { coding: [{ code: '11506-3' }] },
        date: '2026-03-02T10:00:00Z',
        content: [{ attachment: { contentType: 'text/plain' } }],
      },
    );
    expect(
      said(searchesFor(writesOf(note), offers('DocumentReference', ['date', 'patient', 'type']))).possible,
    ).toEqual([['DocumentReference?patient=sarah&type=|11506-3&date=ge2026-03-01&date=le2026-03-03', 1]]);
  });
});
