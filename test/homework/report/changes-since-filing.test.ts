import { describe, expect, it } from 'vitest';
import type { PlanState, Report } from '../../../src/homework/model.ts';
import { changesSinceFiling } from '../../../src/homework/report/changes-since-filing.ts';
import type { ToldFact } from '../../../src/homework/report/report-model.ts';
import { aBarrier, aFiled, aMessage, aRecord, aState, aTime, feb, noContent } from './report-state.ts';

const told = (artefact: ToldFact['artefact'], id: string, status: string, at = feb(3)): ToldFact => ({
  ...{ artefact, id, status, at },
});
const saying = (facts: readonly ToldFact[], changes: Partial<Report> = {}): Report =>
  aFiled({ content: { ...noContent, told: facts }, ...changes });
/** Each change as `<report> <artefact>/<id> <change> <day>`, with what was told of it. */
const changes = (state: Partial<PlanState>) =>
  changesSinceFiling(aState(state)).map(({ report, artefact, id, change, changedAt, told: fact }) =>
    [
      `${report.id} ${artefact}/${id} ${change} ${changedAt.slice(8, 10)}`,
      ...(fact === undefined ? [] : [fact.status]),
    ].join(', was '),
  );
const { content: _none, ...bare } = aFiled();
const members: Report['members'] = [{ artefact: 'log', id: 'l1', version: 1 }];

describe('a log', () => {
  const changed = { authored: feb(8) };
  const mistake = { ...changed, status: 'entered-in-error' } as const;
  const toldLog = [saying([told('log', 'l1', 'told')])];
  it.each<[string, Partial<PlanState>, readonly string[]]>([
    ['came late', { logs: [aRecord(changed)], reports: [aFiled()] }, ['r1 log/l1 late 08']],
    [
      'came late and was put right',
      { logs: [aRecord({ ...changed, status: 'amended' })], reports: [aFiled()] },
      ['r1 log/l1 late 08'],
    ],
    ['is only begun', { logs: [aRecord({ ...changed, status: 'in-progress' })], reports: [aFiled()] }, []],
    ['came late and was taken back', { logs: [aRecord(mistake)], reports: [aFiled()] }, []],
    ['is of no filed time', { logs: [aRecord({ performedAt: feb(9), authored: feb(9) })], reports: [aFiled()] }, []],
    ['was never reported on', { logs: [aRecord(changed)], reports: [] }, []],
    ['is as it was told', { logs: [aRecord({ authored: feb(3) })], reports: toldLog }, []],
    [
      'was corrected',
      { logs: [aRecord({ ...changed, status: 'amended' })], reports: toldLog },
      ['r1 log/l1 amended 08, was told'],
    ],
    ['was taken back', { logs: [aRecord(mistake)], reports: toldLog }, ['r1 log/l1 retracted 08, was told']],
    ['was stopped', { logs: [aRecord({ ...changed, status: 'stopped' })], reports: toldLog }, []],
    ['was told as taken back', { logs: [aRecord(mistake)], reports: [saying([told('log', 'l1', 'retracted')])] }, []],
    [
      'was corrected, and moved out of the time',
      { logs: [aRecord({ ...changed, status: 'amended', performedAt: feb(9) })], reports: toldLog },
      ['r1 log/l1 amended 08, was told'],
    ],
    // filed before there was any content
    ['is listed and as it was', { logs: [aRecord()], reports: [{ ...bare, members }] }, []],
    [
      'is listed and was corrected',
      { logs: [aRecord({ ...changed, status: 'amended' })], reports: [{ ...bare, members }] },
      ['r1 log/l1 amended 08'],
    ],
    [
      'is listed and was taken back',
      { logs: [aRecord(mistake)], reports: [{ ...bare, members }] },
      ['r1 log/l1 retracted 08'],
    ],
    ['is not listed', { logs: [aRecord({ id: 'l2' })], reports: [{ ...bare, members }] }, ['r1 log/l2 late 03']],
    [
      'is listed as another artefact',
      { logs: [aRecord()], reports: [{ ...bare, members: [{ artefact: 'measure', id: 'l1', version: 1 }] }] },
      ['r1 log/l1 late 03'],
    ],
    [
      'is listed, by a report that has its content',
      { logs: [aRecord()], reports: [aFiled({ members })] },
      ['r1 log/l1 late 03'],
    ],
  ])('that %s', (_, state, lines) => {
    expect(changes(state)).toEqual(lines);
  });
});

describe('a time', () => {
  const occurrences = [aTime({ status: 'excused', lastModified: feb(8) })];
  const excused = (status: string) => ({ occurrences, reports: [saying([told('occurrence', 'a1.1', status)])] });
  it.each<[string, Partial<PlanState>, readonly string[]]>([
    ['told as missed and excused', excused('missed'), ['r1 occurrence/a1.1 excused 08, was missed']],
    ['told as overdue and excused', excused('overdue'), ['r1 occurrence/a1.1 excused 08, was overdue']],
    ['told as excused', excused('excused'), []],
    ['told as done', excused('done'), []],
    ['never told', { occurrences, reports: [saying([told('log', 'a1.1', 'missed')])] }, []],
    ['told as missed, which it is', { ...excused('missed'), occurrences: [aTime({ status: 'missed' })] }, []],
  ])('%s', (_, state, lines) => {
    expect(changes(state)).toEqual(lines);
  });

  it('belongs to the report that told it, also where an addendum said so last, or another report spoke since', () => {
    const fact = told('occurrence', 'a1.1', 'missed');
    const addendum = { id: 'r2', addendumTo: 'r1', createdAt: feb(8) };
    const other = aFiled({ id: 'r3', createdAt: feb(9) });
    expect(changes({ occurrences, reports: [aFiled(), saying([fact], addendum), other] })).toEqual([
      'r1 occurrence/a1.1 excused 08, was missed',
    ]);
    const later = saying([{ ...fact, at: feb(4), status: 'overdue' }], { id: 'r4', createdAt: feb(8) });
    expect(changes({ occurrences, reports: [later, saying([fact])] })).toEqual([
      'r4 occurrence/a1.1 excused 08, was overdue',
    ]);
    // the report that an addendum speaks of is not there any more: there is nothing to add to
    expect(changes({ occurrences, reports: [saying([fact], { ...addendum, addendumTo: 'gone' })] })).toEqual([]);
    // the same id, told as something else
    const log = saying([{ ...fact, artefact: 'log' }], { id: 'r5', createdAt: feb(7) });
    expect(changes({ occurrences, reports: [saying([fact]), log] })[0]).toMatch(/^r1 /);
    const another = saying([{ ...fact, id: 'a1.2' }], { id: 'r6', createdAt: feb(7) });
    expect(changes({ occurrences, reports: [saying([fact]), another] })[0]).toMatch(/^r1 /);
  });
});

describe('a barrier', () => {
  const barriers = [aBarrier({ talkedOverAt: feb(9) })];
  const as = (status: string) => [saying([told('barrier', 'b1', status)])];
  it.each<[string, Partial<PlanState>, readonly string[]]>([
    ['told as open and talked over', { barriers, reports: as('open') }, ['r1 barrier/b1 talked-over 09, was open']],
    ['told as talked over', { barriers, reports: as('talked-over') }, []],
    ['never told', { barriers, reports: [aFiled()] }, []],
    ['told as open, which it is', { barriers: [aBarrier()], reports: as('open') }, []],
  ])('%s', (_, state, lines) => {
    expect(changes(state)).toEqual(lines);
  });
});

describe('a message', () => {
  const logs = [aRecord()];
  const reports = [saying([told('log', 'l1', 'told')])];
  const sent = (sentAt: string, logId?: string) => [aMessage({ sentAt, ...(logId === undefined ? {} : { logId }) })];
  it.each<[string, Partial<PlanState>, readonly string[]]>([
    ['on a log of a filed time', { feedback: sent(feb(8), 'l1') }, ['r1 feedback/f1 feedback 08']],
    ['sent at the end of that time', { feedback: sent(feb(7), 'l1') }, []],
    ['on no log', { feedback: sent(feb(8)) }, []],
    ['on a log that is not there', { feedback: sent(feb(8), 'l9') }, []],
    [
      'on a log of no filed time',
      { feedback: sent(feb(10), 'l1'), logs: [aRecord({ performedAt: feb(9) })], reports: [aFiled()] },
      [],
    ],
    [
      'that was told',
      { feedback: sent(feb(8), 'l1'), reports: [saying([told('log', 'l1', 'told'), told('feedback', 'f1', 'told')])] },
      [],
    ],
  ])('%s', (_, state, lines) => {
    expect(changes({ logs, reports, ...state })).toEqual(lines);
  });
});

it('nothing has changed since a filing where nothing was filed', () => {
  const everything = {
    logs: [aRecord()],
    occurrences: [aTime({ status: 'excused' })],
    feedback: [aMessage({ logId: 'l1' })],
  };
  expect(changesSinceFiling(aState(everything))).toEqual([]);
});
