import { describe, expect, it } from 'vitest';
import type { ClaimedRow, RowResult } from '../../src/delivery/claimed-group.ts';
import { decideSending } from '../../src/delivery/decide-sending.ts';
import type { PatientContext } from '../../src/delivery/sending-context.ts';
import fc from '../fast-check.ts';
import { claimedGroup, claimedRow, earlierBy, plan, sendingContext } from './claimed.ts';
import { decide, ends, waits, writes } from './decide.ts';

describe('what is withdrawn', () => {
  const withdrawn = (more: Partial<ClaimedRow> = {}) => claimedRow({ withdraw: true, ...more });

  it.each<[string, ClaimedRow, boolean, object]>([
    ['never sent', withdrawn(), false, ends('withdrawn')],
    ['it stands there', withdrawn({ ehrReference: 'Task/17', landed: 1 }), false, ends('withdrawn')],
    [
      'it stands there, and a newer version may be under way',
      withdrawn({ ehrReference: 'Task/17', landed: 1 }),
      true,
      ends('withdrawn'),
    ],
    ['it may stand there', withdrawn(), true, writes()],
    ['it may stand there, and nothing new is known', withdrawn({ state: 'unknown', lastStatus: 201 }), true, writes()],
  ])('%s', (_name, row, unresolved, decided) => {
    expect(decide(row, {}, { unresolved })).toEqual(decided);
  });

  it('is looked for whatever left it in doubt, and only then; what stands there is said to stand there', () => {
    const doubts = fc.record({
      state: fc.constantFrom<ClaimedRow['state']>('pending', 'waiting', 'in-flight', 'unknown', 'awaiting-review'),
      doubtAt: fc.constantFrom(null, earlierBy(60_000), earlierBy(-1)),
      lastStatus: fc.constantFrom(null, 201, 202, 422, 503),
      ehrReference: fc.constantFrom(null, 'Task/17'),
      wanted: fc.nat(3),
    });
    fc.assert(
      fc.property(doubts, fc.boolean(), (doubt, interrupted) => {
        const { settled, writes: planned } = plan(claimedGroup([withdrawn(doubt)], { interrupted }));
        const { state, doubtAt, ehrReference } = doubt;
        const inDoubt =
          interrupted ||
          doubtAt !== null ||
          state === 'in-flight' ||
          state === 'unknown' ||
          state === 'awaiting-review';
        const looked = ehrReference === null && inDoubt;
        expect([planned.length, settled.map((result) => result.state)]).toEqual(looked ? [1, []] : [0, ['withdrawn']]);
        // looked up before anything else
        if (looked) expect(planned[0]?.mayStand).toBe(true);
      }),
    );
    const said = (more: Partial<ClaimedRow>) => plan(claimedGroup([withdrawn(more)])).settled[0]?.why;
    expect(said({})).not.toEqual(said({ ehrReference: 'Task/17', landed: 1 }));
  });
});

describe('why it is so', () => {
  const log = claimedRow({ artefact: 'log', resourceType: 'QuestionnaireResponse' });
  const stands = claimedRow({ ehrReference: 'Task/17', landed: 1, wanted: 2 });
  const createOnly = { capabilities: { interactions: { Task: ['create'] } } };

  it.each<[string, ClaimedRow, Parameters<typeof sendingContext>[0]]>([
    ['never-sent', claimedRow({ withdraw: true }), {}],
    ['stands-there', { ...stands, withdraw: true }, {}],
    ['report', log, { landings: { log: { landing: 'note' } } }],
    ['app-only', log, { landings: { log: { landing: 'app-only' } } }],
    ['no-resource', { ...log, content: null }, {}],
    ['no-update', stands, createOnly],
    ['person', log, { landings: { log: { identity: 'delegated' } } }],
  ])('%s', (code, row, more) => {
    const decided = decideSending(row, false, sendingContext(more), { carriers: [] });
    expect('result' in decided ? decided.result.why?.code : 'it is written').toBe(code);
  });
});

describe('what an EHR has a place for', () => {
  const log = claimedRow({ artefact: 'log', resourceType: 'QuestionnaireResponse' });
  const report = claimedRow(
    { artefact: 'report', resourceType: 'DocumentReference' },
    {
      content: [
        { attachment: { contentType: 'text/plain', data: '' } },
        { attachment: { contentType: 'application/pdf', data: '' } },
      ],
    },
  );
  const flag = claimedRow({ artefact: 'safety', resourceType: 'Flag' });
  const channels = (...types: string[]) => types.map((type) => ({ type, identity: 'system' as const }));

  it.each<[string, ClaimedRow, Parameters<typeof sendingContext>[0], object]>([
    ['its own resource', log, {}, writes('QuestionnaireResponse')],
    ['none', log, { landings: { log: { landing: 'app-only' } } }, ends('landed', 'app-only')],
    ['the report', log, { landings: { log: { landing: 'note' } } }, waits('note')],
    ['the report, sent as a message', log, { landings: { log: { landing: 'communication' } } }, waits('communication')],
    ['the note that it is', report, { landings: { report: { landing: 'note' } } }, writes('DocumentReference')],
    [
      'a message instead of a note',
      report,
      { landings: { report: { landing: 'communication' } } },
      writes('Communication'),
    ],
    ['a channel of its type', flag, { landings: { safety: { channels: channels('Flag', 'Task') } } }, writes('Flag')],
    [
      'channels of other types',
      flag,
      { landings: { safety: { channels: channels('Task') } } },
      ends('landed', 'app-only'),
    ],
    ['nothing, for the record makes it no more', { ...log, content: null }, {}, ends('rejected')],
  ])('%s', (_name, row, more, decided) => {
    expect(decide(row, more)).toEqual(decided);
  });

  it('an artefact that the landing table does not know stays in the app', () => {
    const context = { ...sendingContext(), landings: new Map() };
    expect(decideSending(log, false, context, { carriers: [] })).toMatchObject({
      result: { state: 'landed', landing: 'app-only' },
    });
  });

  it('files an observation that is not final nowhere where only final ones are taken', () => {
    const measure = (status: string) =>
      claimedRow({ artefact: 'measure', resourceType: 'Observation' }, { status, code: {} });
    const filed = (landing: RowResult['landing'], finalObservationsOnly: boolean) => ({
      landings: { measure: { landing } },
      traits: { finalObservationsOnly },
    });
    expect(decide(measure('preliminary'), filed('observation', true))).toEqual(waits('observation'));
    expect(decide(measure('final'), filed('observation', true))).toEqual(writes('Observation'));
    expect(decide(measure('amended'), filed('observation', true))).toEqual(writes('Observation'));
    expect(decide(measure('preliminary'), filed('observation', false))).toEqual(writes('Observation'));
    // beside its log it is what the log says, final or not
    expect(decide(measure('preliminary'), filed('native', true))).toEqual(writes('Observation'));
  });

  it('tells a measure without a row of the customer’s in the report, where there is one', () => {
    const coding = [{ system: 'https://intersession.dev/fhir/CodeSystem/measure', code: 'suds-peak' }];
    const measure = claimedRow(
      { artefact: 'measure', resourceType: 'Observation' },
      { status: 'final', code: { coding } },
    );
    const rows = (report: RowResult['landing'], built: object = {}) => ({
      ...{ landings: { measure: { landing: 'observation' as const }, report: { landing: report } } },
      ...{ traits: { observationRowsOnly: true }, observationRows: { ...built } },
    });
    expect(decide(measure, rows('note'))).toEqual(waits('note'));
    expect(decide(measure, rows('communication'))).toEqual(waits('communication'));
    expect(decide(measure, rows('app-only'))).toEqual(ends('landed', 'app-only'));
    expect(decide(measure, rows('note', { 'suds-peak': { system: 's', code: 'r1' } }))).toEqual(writes('Observation'));
    expect(decide(measure, rows('note', { 'suds-before': { system: 's', code: 'r1' } }))).toEqual(waits('note'));
  });
});

describe('what stands there and cannot be updated', () => {
  const createOnly = { capabilities: { interactions: { Task: ['create'], DocumentReference: ['create'] } } };
  const task = claimedRow({ ehrReference: 'Task/17', landed: 1, wanted: 2 });
  const note = claimedRow(
    {
      artefact: 'report',
      resourceType: 'DocumentReference',
      ehrReference: 'DocumentReference/3',
      landed: 1,
      landedAt: '2026-03-01T10:00:00Z',
    },
    { content: [{ attachment: { contentType: 'text/plain', data: 'dGV4dA==' } }] },
  );

  it('is refused, unless it has to be looked at first', () => {
    expect(decide(task)).toEqual(writes());
    expect(decide(task, createOnly)).toEqual(ends('rejected'));
    expect(decide(task, { capabilities: { interactions: {} } })).toEqual(ends('rejected'));
    expect(decide(task, createOnly, { unresolved: true })).toEqual(writes());
    // where something else tells of it, or it never landed, nothing of it stands there
    expect(decide({ ...task, ehrReference: null }, createOnly)).toEqual(writes());
    expect(decide({ ...task, landed: 0 }, createOnly)).toEqual(writes());
  });

  it('is followed by a note of its own, which says whose place it takes', () => {
    const decided = decideSending(note, false, sendingContext(createOnly), { carriers: [] });
    if ('result' in decided) throw new Error('nothing is written');
    expect(decided).toMatchObject({ anew: true, follows: 'DocumentReference/3' });
    expect(JSON.parse(decided.content).relatesTo).toMatchObject([
      { code: 'replaces', target: { reference: 'DocumentReference/3' } },
    ]);
    // where it stands is the EHR's word, and nothing of ours to look up
    expect(decided.references).toEqual([]);
    expect(decide(note)).toEqual(writes('DocumentReference'));
    // the mark of what tells of it is no note of its own
    const told = decideSending({ ...note, ehrReference: 'Communication/9' }, false, sendingContext(createOnly), {
      carriers: [],
    });
    expect(told).toMatchObject({ anew: true });
    expect(told).not.toHaveProperty('follows');
  });
});

describe('what must name an encounter', () => {
  const needs = { traits: { needsEncounter: ['DocumentReference', 'Observation'] } };
  const report = claimedRow(
    { artefact: 'report', resourceType: 'DocumentReference' },
    { content: [{ attachment: { contentType: 'text/plain', data: '' } }] },
  );
  const task = claimedRow();
  const withEncounter = (encounter: PatientContext['encounter']) => ({ patient: { carriers: [], encounter } });

  it.each<[string, ClaimedRow, PatientContext['encounter'], object]>([
    [
      'waits for it, and looks again',
      report,
      { waits: { code: 'encounter', rule: 'latest-open' }, comesBack: true },
      waits('native', true),
    ],
    [
      'waits for a person to choose it',
      report,
      { waits: { code: 'encounter-choice' }, comesBack: false },
      waits('native'),
    ],
    ['is written with it', report, { found: 'Encounter/5' }, writes('DocumentReference')],
    ['is written where none is asked for', report, undefined, writes('DocumentReference')],
    [
      'does not keep others waiting',
      task,
      { waits: { code: 'encounter', rule: 'latest-open' }, comesBack: true },
      writes(),
    ],
  ])('%s', (_name, row, encounter, decided) => {
    expect(decide(row, needs, withEncounter(encounter))).toEqual(decided);
  });

  it('names the one that was found', () => {
    const decided = decideSending(report, false, sendingContext(needs), {
      carriers: [],
      encounter: { found: 'Encounter/5' },
    });
    expect('result' in decided ? decided : JSON.parse(decided.content).context.encounter).toEqual([
      { reference: 'Encounter/5' },
    ]);
  });
});
