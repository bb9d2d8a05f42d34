import { afterEach, describe, expect, it } from 'vitest';
import { standingSentence } from '../../smart-app/src/words/landing-words.ts';
import { whereItStands } from '../../smart-app/src/words/where-it-stands.ts';
import type { LandingView } from '../../src/contract/app/patient-homework.ts';
import type { LedgerView, PlanView } from '../../src/contract/app/plan-view.ts';
import { isWaitingFor, type RowReason } from '../../src/homework/ledger/row-reason.ts';
import { artefacts } from '../../src/homework/model.ts';
import { landings as allLandings } from '../../src/landing/vendor-traits.ts';
import { ledgerStates } from '../../src/record/ledger/ledger-row.ts';
import { everyReason } from '../homework/ledger/sample-reasons.ts';
import { type OpenedView, openView } from './open-view.tsx';
import { place } from './pages-around.tsx';
import { showPlan } from './show-plan.ts';
import { situations } from './situations.ts';

const visit = situations.atTheVisit;
const { now } = visit;
const plan: PlanView = showPlan(visit.plans[0], { now, reader: 'clinician', ledger: [] });
const march18 = '2026-03-18T20:00:00.000Z';

type Given = Partial<LedgerView> & { readonly why?: RowReason };
const row = ({ why, ...of }: Given): LedgerView => ({
  ...{ artefact: 'log', id: 'x', state: 'landed', landing: 'note', reason: 'scope system/Task.c is missing (403)' },
  ...{ waitingFor: null, because: null, ehrReference: 'DocumentReference/8841', waitingSince: null, landedAt: null },
  ...of,
  ...(why === undefined ? {} : isWaitingFor(why) ? { waitingFor: why } : { because: why }),
});
const times = (count: number, of: Given): LedgerView[] =>
  Array.from({ length: count }, (_, at) => row({ id: `${of.artefact ?? 'log'}-${at}`, ...of }));

interface Asked {
  readonly landings?: readonly LandingView[];
  readonly mayChange?: boolean;
}
/** The parts with their lines, as they are read. */
function told(ledger: readonly LedgerView[], { landings = [], mayChange = true }: Asked = {}) {
  return whereItStands({ ...plan, ledger }, { now, place, landings, mayChange }).map(({ part, lines }) => [
    part,
    ...lines.map(({ what, words, todo, names }) => [
      what,
      words,
      ...(names.length > 0 ? [names] : []),
      ...(todo === undefined ? [] : [todo]),
    ]),
  ]);
}

describe('what has landed alike and came as one row', () => {
  it('is told as if each had come', () => {
    const rows = [
      ...times(14, { landedAt: march18 }),
      ...times(40, { artefact: 'measure', landing: 'observation' }),
      row({ artefact: 'plan' }),
      row({ id: 'late', state: 'rejected', why: { code: 'refused' } }),
    ];
    const asOne = [
      row({ landedAt: march18, count: 14 }),
      row({ artefact: 'measure', landing: 'observation', count: 40 }),
      ...rows.slice(-2),
    ];
    expect(told(asOne)).toEqual(told(rows));
    expect(standingSentence(asOne)).toBe(standingSentence(rows));
    expect(standingSentence(asOne)).toBe('55 of 56 entries are in the chart; 1 needs a look.');
  });
});

describe('where it stands, for a clinician', () => {
  it('tells what stands in the chart in one line a kind', () => {
    expect(told([...times(14, { landedAt: march18 }), row({ artefact: 'plan' })])).toEqual([
      [
        'in-chart',
        ['All 14 logs', 'In the chart, in the note of Wed, Mar 18.'],
        ['The plan', 'In the chart, in the note.'],
      ],
    ]);
    expect(
      told([
        ...times(4, { artefact: 'measure', landing: 'observation' }),
        row({ artefact: 'report', landedAt: march18 }),
      ]),
    ).toEqual([
      [
        'in-chart',
        ['All 4 measurements', 'In the chart among the measurements.'],
        ['Report', 'In the chart as a note of Wed, Mar 18.'],
      ],
    ]);
  });

  it('tells the exceptions first and by what they are, and counts what remains', () => {
    const [log] = plan.logs;
    const rows = [...times(5, {}), row({ id: log?.id ?? '', state: 'rejected', why: { code: 'refused' } })];
    expect(told(rows)).toEqual([
      ['team', ['Log', 'The EHR refused it; your integration team can see why.', ['Log of Mon, Mar 2 (step 1)']]],
      ['in-chart', ['5 of 6 logs', 'In the chart, in the note.']],
    ]);
  });

  it('puts what waits for the clinician above all, with what they can do; nobody else is told to', () => {
    const rows = [
      ...times(2, {}),
      row({ state: 'rejected', why: { code: 'refused' } }),
      ...times(3, { artefact: 'assignment', landing: 'note', state: 'waiting', why: { code: 'report' } }),
      row({ artefact: 'report', state: 'waiting', why: { code: 'encounter-choice' } }),
    ];
    const parts = told(rows);
    expect(parts.map(([part]) => part)).toEqual(['you', 'team', 'in-chart']);
    expect(parts[0]).toEqual([
      'you',
      ['3 steps', 'Waiting for the visit’s note to be filed.', 'Read the note on this page and file it.'],
      ['Report', 'Waiting until a clinician chooses its visit.', 'Choose the visit under “Notes before this one”.'],
    ]);
    expect(JSON.stringify(told(rows, { mayChange: false }))).not.toMatch(/Read the note|Choose the visit/);
  });

  it.each<[Given, string]>([
    [{ state: 'waiting', why: { code: 'encounter', rule: 'next-opened' } }, 'under-way'],
    [{ state: 'waiting', why: { code: 'patient', standing: 'merged' } }, 'team'],
    [{ state: 'waiting', why: { code: 'person' } }, 'you'],
    [{ state: 'waiting', why: { code: 'of-tomorrow' } as never }, 'under-way'],
    [{ state: 'pending', landing: null }, 'under-way'],
    [{ state: 'awaiting-review' }, 'under-way'],
    [{ state: 'unknown' }, 'team'],
    [{ state: 'withdrawn', reason: 'The chart has it on paper' }, 'kept-out'],
    [{ landing: 'app-only', why: { code: 'app-only' } }, 'only-here'],
    [{ landing: 'app-only', why: { code: 'no-row' } }, 'only-here'],
    [
      { landing: 'app-only', artefact: 'safety', why: { code: 'other-channels', type: 'Flag', channels: ['Task'] } },
      'in-chart',
    ],
  ])('%j', (of, part) => {
    expect(told([row(of)]).map(([named]) => named)).toEqual([part]);
  });

  it('says whose choice it is that something stays here', () => {
    const rows = [row({ artefact: 'assignment', landing: 'app-only', why: { code: 'app-only' } })];
    expect(told(rows)).toEqual([
      ['only-here', ['Step', 'Only here: this EHR takes no homework tasks from Intersession.']],
    ]);
    expect(told(rows, { landings: [{ artefact: 'assignment', landing: 'app-only', bySite: true }] })).toEqual([
      ['only-here', ['Step', 'Only here: your organisation keeps homework tasks out of this chart.']],
    ]);
  });

  const entriesOf = (signal: string, of: Given = {}) =>
    ['', '.review', '.message', '.note'].map((ending) =>
      row({
        ...{ artefact: 'safety', id: `${signal}${ending}`, landing: ending === '.note' ? 'note' : 'native' },
        ...{ landedAt: march18, ...of },
      }),
    );

  it('tells one signal as one, in whichever forms it is in the chart', () => {
    expect(told(entriesOf('s-1'))).toEqual([
      [
        'in-chart',
        [
          'Safety signal',
          'In the chart as a flag, a task to review it, a message to the care team and a note, filed Wed, Mar 18.',
        ],
      ],
    ]);
    expect(told([...entriesOf('s-1'), ...entriesOf('s-2')])[0]?.[1]?.[0]).toBe('Both safety signals');
    expect(told([...entriesOf('s-1'), ...entriesOf('s-2'), ...entriesOf('s-3')])[0]?.[1]?.[0]).toBe(
      'All 3 safety signals',
    );
  });

  it('names the forms of a signal that are not there yet, and none that this EHR does not take', () => {
    const [flag, review, message, note] = entriesOf('s-1') as [LedgerView, LedgerView, LedgerView, LedgerView];
    const onItsWay = { state: 'pending', landedAt: null } as const;
    expect(told([flag, review, { ...message, ...onItsWay }, { ...note, ...onItsWay }])).toEqual([
      ['under-way', ['Safety signal', 'On its way to the chart.', ['As a message to the care team', 'As a note']]],
      ['in-chart', ['Safety signal', 'In the chart as a flag and a task to review it, filed Wed, Mar 18.']],
    ]);
    const other: RowReason = { code: 'other-channels', type: 'Flag', channels: ['DocumentReference'] };
    const notTaken = { landing: 'app-only', landedAt: null, because: other };
    expect(told([{ ...flag, ...notTaken }, { ...review, ...notTaken }, note])).toEqual([
      ['in-chart', ['Safety signal', 'In the chart as a note, filed Wed, Mar 18.']],
    ]);
  });

  it('calls what stood in the way by its name, and no measurement', () => {
    const [barrier] = plan.barriers;
    const id = barrier?.id ?? '';
    const of = { artefact: 'measure', landing: 'native' } as const;
    expect(told([row({ ...of, id }), row({ ...of, id: 'log.belief' })])).toEqual([
      [
        'in-chart',
        ['What stood in the way', 'In the chart as an entry of its own.'],
        ['Measurement', 'In the chart as an entry of its own.'],
      ],
    ]);
    const [[, line]] = told([row({ ...of, id, state: 'rejected', why: { code: 'refused' } })]) as [
      [string, [string, string, string[]]],
    ];
    expect(line[0]).toBe('What stood in the way');
    expect(line[2][0]).toMatch(/^Fear, said .+ \(step 4b\)$/);
  });

  it('says who is waited for while the record is inactive, and what the chart holds meanwhile', () => {
    const inactive: RowReason = { code: 'patient', standing: 'inactive' };
    const of = { artefact: 'assignment', landing: 'native', state: 'waiting', why: inactive } as const;
    const rows = times(2, { ...of, landedAt: march18, ehrReference: 'Task/1' });
    const [[part, line]] = told(rows) as [[string, string[]]];
    expect(part).toBe('record');
    expect(line.slice(0, 2)).toEqual([
      '2 steps',
      'Waiting until the EHR holds this patient as active again; an older state is in the chart.',
    ]);
  });

  it('names five, and says how many more', () => {
    const steps = plan.assignments.map(({ id }) =>
      row({ artefact: 'assignment', id, state: 'rejected', why: { code: 'refused' } }),
    );
    const of = plan.occurrences.map(({ id }) =>
      row({ artefact: 'occurrence', id, state: 'rejected', why: { code: 'refused' } }),
    );
    const [[, inSteps, inTimes]] = told([...steps, ...of]) as [
      [string, [string, string, string[]], [string, string, string[]]],
    ];
    expect(inSteps[2]).toHaveLength(6);
    expect(inSteps[2].at(-1)).toBe('Step 4c: Lead a small part of the meeting');
    expect(inTimes[2].slice(0, 2)).toEqual(['Time 1 of step 1', 'Time 2 of step 1']);
    expect(inTimes[2].at(-1)).toBe(`and ${plan.occurrences.length - 5} more`);
  });

  it('names steps by their number and times and logs by when they were, however the ledger’s ids fall', () => {
    const rows = [...plan.occurrences, ...plan.logs].toReversed().map(({ id }) =>
      row({
        ...{ artefact: plan.logs.some((log) => log.id === id) ? 'log' : 'occurrence', id },
        ...{ state: 'rejected', why: { code: 'refused' } },
      }),
    );
    const [[, inLogs, inTimes]] = told(rows) as [[string, [string, string, string[]], [string, string, string[]]]];
    expect(inTimes[2].slice(0, 3)).toEqual(['Time 1 of step 1', 'Time 2 of step 1', 'Time 3 of step 1']);
    expect(inLogs[2].slice(0, 3).map((name) => /Mar \d+/.exec(name)?.[0])).toEqual(['Mar 2', 'Mar 4', 'Mar 9']);
  });

  it('has no scope, type, id or status of the EHR’s in it, whatever the state, way, kind and reason', () => {
    const jargon =
      /system\/|scope|Task\/|8841|DocumentReference|CapabilityStatement|\b[45]\d\d\b|token|HTTP|null|undefined/;
    const whys = [undefined, ...everyReason, { code: 'of-tomorrow' } as never];
    const rows = ledgerStates.flatMap((state) =>
      [...allLandings, null].flatMap((landing) =>
        artefacts.flatMap((artefact) =>
          whys.map((why, at) =>
            row({
              ...{ state, landing, artefact, id: `${artefact}-${at}`, ...(why === undefined ? {} : { why }) },
              // what a person wrote of a withdrawal is their own
              ...(state === 'withdrawn' ? { reason: 'On paper' } : {}),
            }),
          ),
        ),
      ),
    );
    const lines = JSON.stringify(told(rows));
    expect(rows.length).toBeGreaterThan(5000);
    expect(lines).not.toMatch(jargon);
  });
});

describe('the page', () => {
  let view: OpenedView | undefined;
  afterEach(() => view?.close());

  it.each([true, false])(
    'shows no reference and no reason of the connection, to who may change it: %s',
    async (canWrite) => {
      const shown = visit.ledger.map((entry) => ({ ...entry, reason: 'scope system/Task.c is missing' }));
      view = await openView({ ...visit, ledger: shown, canWrite }, { name: 'chart' });
      expect(view.shown).toBeDefined();
      const { until, text } = view;
      await until(() => text().includes('Where this stands'));
      expect(text()).toContain('33 of 36 measurements');
      expect(text()).toContain('5 of 6 logs');
      expect(text()).toContain('What this EHR can hold');
      expect(text()).not.toMatch(/DocumentReference|Observation\/|scope system|Where to find/);
    },
  );
});
