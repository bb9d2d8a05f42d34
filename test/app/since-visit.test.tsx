import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { opensByRule } from '../../smart-app/src/clinician/care-sheets.ts';
import { loggedNotDone, logList, SincePage, whatChanged } from '../../smart-app/src/clinician/since-page.tsx';
import type { PatientHomework } from '../../src/contract/app/patient-homework.ts';
import type { PlanView } from '../../src/contract/app/plan-view.ts';
import type { SafetyView } from '../../src/contract/app/safety.ts';
import type { AnswerItem, Log, PlanState } from '../../src/homework/model.ts';
import { makeSmallerStep } from '../../src/homework/plan/make-smaller-step.ts';
import { revisionOf } from '../../src/homework/plan/step-words.ts';
import { keyMeasures } from '../../src/homework/report/report-measures.ts';
import { registeredKinds } from '../../src/kinds/registry.ts';
import fc from '../fast-check.ts';
import { rules } from './apply-write.ts';
import { homeworkOf } from './homework-of.ts';
import { now, PagesAround } from './pages-around.tsx';
import { readFixture } from './read-fixture.ts';
import { type Rendered, render } from './render.tsx';
import { showPlan } from './show-plan.ts';

const state = readFixture<PlanState>('sarah-at-the-visit');
const show = (of: PlanState): PlanView => showPlan(of, { now, reader: 'clinician', ledger: [] });
const older = show(state);
const { proposedClose: _over, ...underWay } = older;
const lastVisit = '2026-03-11T20:30:00.000Z';

/** A plan that was made two days ago and in which nothing has come to its time. */
const fresh: PlanView = {
  ...underWay,
  plan: { ...older.plan, id: 'newer', title: 'Sleeping through', createdAt: '2026-03-23T15:00:00.000Z' },
  assignments: older.assignments.slice(0, 1).map((step) => ({ ...step, id: 'n-1', planId: 'newer' })),
  ...{ occurrences: [], logs: [], barriers: [], feedback: [], adherence: [], ledger: [] },
};

const pageOf = (plans: readonly PlanView[], more: Partial<PatientHomework> = {}): PatientHomework =>
  homeworkOf([...plans], { now, safety: { open: [] }, lastVisit, ...more });

// the charts, and what opens a step, are there as after the first moment
beforeAll(() => Promise.all([whatChanged, logList, loggedNotDone, opensByRule].map((part) => part.fetch())));

let rendered: Rendered | undefined;
afterEach(() => rendered?.leave());

function page(plans: readonly PlanView[], more?: Partial<PatientHomework>): string {
  rendered?.leave();
  const homework = pageOf(plans, more);
  const [first] = plans;
  if (first === undefined) throw new Error('no plan');
  rendered = render(
    <PagesAround homework={homework} view={first}>
      <SincePage />
    </PagesAround>,
  );
  return (rendered.box.textContent ?? '').replace(/\s+/g, ' ');
}

const openSignal: SafetyView = {
  open: [
    {
      ...{ id: 's', patientId: 'sarah', rule: 'other-concern', words: 'Concern', ordinal: 1, version: 1 },
      ...{ status: 'open', raisedAt: now, evidence: [] },
    },
  ],
};

const allDone: PlanView = {
  ...underWay,
  occurrences: older.occurrences.filter(({ status }) => status === 'done'),
  ...{ barriers: [], feedback: [] },
  assignments: older.assignments.filter(({ businessStatus }) => businessStatus === 'done'),
};

describe('the first page is about the patient', () => {
  it('a newer plan hides nothing of the older one: what was missed, what stands in the way, what is locked', () => {
    const alone = page([older]);
    const both = page([fresh, older]);
    expect(alone).toContain('missed, was due');
    for (const told of [
      'missed, was due',
      'In the way of step 4b',
      'Not talked over yet',
      'stays locked, because step 4b is missed',
    ]) {
      expect(alone).toContain(told);
      expect(both).toContain(told);
    }
    expect(both).toContain('Both plans: Sleeping through, Speaking up in meetings');
    expect(both).toContain(older.plan.title);
    expect(both).not.toContain('Nothing stands out');
    expect(both).not.toContain('Everything that was due was done');
  });

  it('says which plan something is of where there are several, and only there', () => {
    page([older]);
    const items = () => [...(rendered?.box.querySelectorAll('.care-item, .not-done-item, .done-item') ?? [])];
    expect(items().length).toBeGreaterThan(2);
    expect(items().filter(({ textContent }) => textContent?.includes(older.plan.title))).toEqual([]);
    page([fresh, older]);
    expect(items().filter(({ textContent }) => !textContent?.includes(older.plan.title))).toEqual([]);
  });

  it('says that everything due was done only when something was due', () => {
    expect(page([fresh])).toContain('Nothing was due in this time.');
    expect(page([fresh])).not.toContain('Everything that was due was done');
    expect(page([allDone])).toContain('Everything that was due was done.');
    expect(page([fresh, allDone])).toContain('Everything that was due was done.');
    // done before the visit: nothing came to its time since
    expect(page([allDone], { lastVisit: now })).toContain('Nothing was due in this time.');
    // logged at once, of what had been done in the morning: before the plan was made, and long before its day
    const [time] = allDone.occurrences;
    if (time === undefined) throw new Error('no time');
    const morning = { ...time, endedAt: '2026-02-28T15:00:00.000Z', dueUntil: '2026-04-09T08:00:00.000Z' };
    const early = page([{ ...allDone, occurrences: [morning] }], { lastVisit: '2026-01-01T15:00:00.000Z' });
    expect(early).toContain('that were due so far');
    expect(early).not.toContain('Nothing was due in this time.');
  });

  it('of somebody who has died bids nobody to ask, to unlock or to make a step smaller', () => {
    const unexplained = { ...older, barriers: [] };
    expect(page([unexplained])).toContain('No reason is known yet. Worth asking.');
    expect(page([unexplained])).toContain('Make a smaller step before step 4b');
    const standing = { state: 'current', confirmed: false, deceased: {} } as const;
    const died = page([unexplained], { standing });
    expect(died).toContain('missed, was due Mon, Mar 23No reason is known.');
    expect(died).not.toMatch(/Worth asking|Unlock step|smaller step|stays locked/);
    expect(died).not.toMatch(
      /Open now|Not talked over yet|Assign another plan|Nothing is left to do|Write to the patient/,
    );
    expect(died).toContain(
      'Still open: the planIt can be closed, with the reason; what was logged stays.Close the plan',
    );
    expect(page([older])).toMatch(/Open now|No step is open now/);
    expect(page([older], { standing })).not.toContain('Not talked over yet');
    const closed = { ...older, plan: { ...older.plan, status: 'completed' } } as PlanView;
    expect(page([closed], { standing })).not.toContain('Close the plan');
    // what they wrote is there to be read
    expect(died).toContain('A message from the patient on step 4a');
  });

  it('a step that was declined is talked over before closing the plan is proposed', () => {
    const [step] = allDone.assignments;
    const [fear] = older.barriers;
    if (step === undefined || fear === undefined) throw new Error('no step, or nothing in the way');
    const declined = { ...step, status: 'rejected', businessStatus: 'declined', endedAt: now } as typeof step;
    const over = { ...allDone, assignments: [declined], proposedClose: 'completed' } as PlanView;
    const barrier = (more: object) => [{ ...fear, assignmentId: step.id, ...more }];
    const { talkedOverAt: _talked, ...said } = { ...fear, assignmentId: step.id };
    const proposal = /Nothing is left to do|Close the plan/;
    expect(page([{ ...over, barriers: [said] }])).not.toMatch(proposal);
    expect(page([{ ...over, barriers: [said] }])).toContain('Not talked over yet');
    // declined without a word, and nobody has said one since
    expect(page([over])).not.toMatch(proposal);
    expect(
      page([{ ...over, barriers: barrier({ talkedOverAt: now, talkedOverBy: 'Practitioner/dr-okafor' }) }]),
    ).toMatch(proposal);
    expect(page([{ ...over, assignments: [step] }])).toMatch(proposal);
  });

  it('does not reassure while a safety signal is open', () => {
    const text = page([allDone], { safety: openSignal });
    expect(text).toContain('The safety signal above comes first.');
    expect(text).not.toMatch(/Nothing stands out|Everything that was due was done/);
    expect(page([allDone])).toContain('Nothing stands out.');
  });

  it('the only plan keeps its count when it is closed; beside another one that is over is not counted', () => {
    const closed = { ...older, plan: { ...older.plan, status: 'completed' } } as PlanView;
    expect(page([closed])).toContain('Done of the plan: 6 of 7 that were due.');
    expect(page([fresh, closed])).not.toContain('6 of 7');
  });

  it('a plan that is closed asks for no care, but what was missed in it since the visit is told', () => {
    const closed = { ...older, plan: { ...older.plan, status: 'completed' } } as PlanView;
    const text = page([fresh, closed]);
    expect(text).toContain('missed, was due');
    expect(text).not.toMatch(/In the way of|waits for you to unlock|stays locked/);
  });
});

/** Another plan with the same measure, in which the belief went the other way. */
const atDinner: PlanView = {
  ...older,
  plan: { ...older.plan, id: 'dinner', title: 'At the dinner table' },
  assignments: older.assignments.map((step) => ({ ...step, id: `d-${step.id}`, planId: 'dinner' })),
  logs: older.logs.slice(-1).map((log) => ({
    ...{ ...log, id: 'd-log', planId: 'dinner', assignmentId: `d-${log.assignmentId}` },
    answers: { 'belief-before': 30, 'belief-after': 75 },
    items: itemsOf({ 'belief-before': 30, 'belief-after': 75 }),
  })),
  ...{ occurrences: [], barriers: [], feedback: [], adherence: [], ledger: [] },
};

describe('two plans with the same measure', () => {
  it('do not share a chart or a figure: the belief of one is not that of the other', () => {
    const text = page([atDinner, older]);
    expect(text).toContain('Belief in “At the dinner table” went up in this time, from 30 % before to 75 % after.');
    const charts = [...(rendered?.box.querySelectorAll('.time-chart figcaption') ?? [])].map(({ textContent }) =>
      textContent?.replace(/\s+/g, ' '),
    );
    expect(charts).toContain('Belief · At the dinner table 30 to 75 %before, after');
    expect(charts).toContain('Belief · Speaking up in meetings 90 to 45 %before the first log, after the last log');
    expect(page([older])).not.toMatch(/Belief (in “| ·)/);
  });

  it('a change over several steps says from which step to which', () => {
    expect(page([older])).toContain('went down in this time, from 70 % before step 3 to 45 % after step 4a.');
    // which thought it is about
    expect(page([older])).toMatch(/after step 4a\. Its goal: “\W*The thought “If I speak, I will sound foolish/);
    const goalless = { ...older, plan: { ...older.plan, goals: [] } };
    expect(page([goalless])).not.toContain('Its goal');
    expect(page([atDinner])).toContain('went up in this time, from 30 % before to 75 % after.');
  });
});

describe('a figure of the headline is found in the chart under it', () => {
  it.each([
    ['the last visit', lastVisit],
    ['the last 14 days', '2026-03-11T04:00:00.000Z'],
    ['the beginning of the plan', undefined],
  ])('since %s: in the table, with its step, as before or after', (_words, from) => {
    const text = page([older], from === undefined ? { lastVisit: '2026-02-01T00:00:00.000Z' } : { lastVisit: from });
    const told =
      /Belief went down in this time, from (\d+) % (before|after) step (\w+) to (\d+) % (before|after) step (\w+)\./.exec(
        text,
      );
    const rows = [...(rendered?.box.querySelectorAll('.time-chart') ?? [])]
      .filter((chart) => chart.querySelector('.chart-name')?.textContent === 'Belief')
      .flatMap((chart) => [...chart.querySelectorAll('tbody tr')])
      .map((row) => [...row.querySelectorAll('td')].map(({ textContent }) => textContent ?? ''));
    for (const [value, moment, step] of [told?.slice(1, 4), told?.slice(4, 7)] as string[][])
      expect(
        rows.filter(
          ([when = '', of, rated]) =>
            rated === `${value} %` && of === step && when.endsWith(', before') === (moment === 'before'),
        ),
      ).not.toEqual([]);
  });

  it('a chart says of its two figures which they are, and a log of its own', () => {
    page([older]);
    const heads = [...(rendered?.box.querySelectorAll('.time-chart figcaption') ?? [])].map(
      ({ textContent }) => textContent,
    );
    expect(heads.find((head) => head?.startsWith('Belief'))).toMatch(/before the first log, after the last log$/);
    expect(heads.find((head) => head?.startsWith('SUDS'))).not.toMatch(/before|after/);
    const changes = [...(rendered?.box.querySelectorAll('.log-brief .change') ?? [])];
    expect(changes.length).toBeGreaterThan(0);
    expect(changes.filter(({ textContent }) => !textContent?.endsWith('before / after'))).toEqual([]);
    expect(rendered?.box.querySelectorAll('.chart-before').length).toBe(5);
    expect(rendered?.box.textContent).toContain('A short bar is the value before');
  });
});

describe('what is open now', () => {
  const openLine = (plans: readonly PlanView[]) => {
    page(plans);
    return rendered?.box.querySelector('.open-now')?.textContent ?? undefined;
  };
  const opened = (key: string, dueUntil?: string, more: Partial<PlanView['assignments'][number]> = {}): PlanView => ({
    ...underWay,
    assignments: older.assignments.map((step) =>
      step.key === key ? { ...step, status: 'requested', businessStatus: 'assigned', ...more } : step,
    ) as PlanView['assignments'],
    occurrences: [
      ...older.occurrences,
      ...older.assignments.flatMap(({ id, key: of }) =>
        of === key && dueUntil !== undefined
          ? [{ ...older.occurrences[0], id: 'open', assignmentId: id, ordinal: 9, status: 'due', dueUntil }]
          : [],
      ),
    ] as PlanView['occurrences'],
  });

  it('is named under the counts with the day it is due by, above what needs care', () => {
    expect(openLine([opened('4c', '2026-03-31T03:59:00.000Z')])).toBe(
      'Open now: Step 4c: Lead a small part of the meeting, due by Mon, Mar 30.',
    );
    expect(rendered?.box.querySelector('.open-now ~ .needs-care')).not.toBeNull();
    expect(openLine([opened('4c', '2026-03-26T03:59:00.000Z')])).toMatch(/, due today\.$/);
    expect(openLine([opened('4c', '2026-03-24T03:59:00.000Z')])).toMatch(/, was due Mon, Mar 23\.$/);
    expect(openLine([opened('4c')])).toBe('Open now: Step 4c: Lead a small part of the meeting.');
  });

  it('says that nothing is, that it is paused, and of which plan it is', () => {
    expect(openLine([older])).toBe('No step is open now.');
    expect(openLine([opened('4c', undefined, { status: 'on-hold', businessStatus: 'paused' })])).toMatch(/, paused\.$/);
    expect(openLine([{ ...older, plan: { ...older.plan, status: 'completed' } } as PlanView])).toBeUndefined();
    expect(openLine([fresh, opened('4c', '2026-03-31T03:59:00.000Z')])).toContain('(Speaking up in meetings), due by');
  });

  it('names the three that are due first, and how many more there are', () => {
    const many: PlanView = {
      ...underWay,
      assignments: older.assignments.map((step) => ({ ...step, status: 'requested', businessStatus: 'assigned' })),
    };
    expect(openLine([many])).toMatch(/Step 1.*; Step 2.*; Step 3.*; and 3 more\.$/);
  });

  it('is no reason to reassure above what was missed', () => {
    const [barrier] = older.barriers;
    const talked = {
      ...opened('4c', '2026-03-31T03:59:00.000Z'),
      feedback: [],
      barriers: [{ ...barrier, talkedOverAt: now }],
    } as PlanView;
    const text = page([talked]);
    expect(text).toContain('missed, was due Mon, Mar 23');
    expect(text).not.toContain('Nothing stands out');
    expect(text).toContain('Nothing waits for your answer or your decision. What was not done stands below.');
    expect(text).toMatch(/front of the team\. Talked over on Wed, Mar 25\./);
  });

  it('a step that was missed and locked again, or asked for again, says so', () => {
    const [first, second] = [older.assignments.find(({ key }) => key === '4b'), older.assignments[0]];
    if (first === undefined || second === undefined) throw new Error('Sarah has these steps');
    const smaller = { ...second, id: 'smaller', key: '4b-1', status: 'requested', businessStatus: 'assigned' };
    const locked: PlanView = {
      ...underWay,
      assignments: [
        ...older.assignments.map((step) =>
          step.id !== first.id
            ? step
            : {
                ...step,
                ...{ status: 'draft', businessStatus: 'locked', unlockedAt: undefined },
                unlock: { type: 'after', after: '4b-1', criterion: { type: 'behaviour-done' } },
              },
        ),
        smaller,
      ] as PlanView['assignments'],
    };
    const item = (plan: PlanView) => {
      page([plan]);
      return rendered?.box.querySelector('.not-done-item')?.textContent;
    };
    expect(item(locked)).toContain('Locked again. Opens once step 4b-1 has been done.');
    expect(openLine([locked])).toContain('Step 4b-1');
    expect(item(opened('4b', '2026-03-31T03:59:00.000Z'))).toContain('Open again, due by Mon, Mar 30.');
    expect(item(older)).not.toMatch(/again/);
  });
});

describe('what follows an act stands on the page', () => {
  const at = '2026-03-25T19:30:00.000Z';
  const hard = state.assignments.find(({ key }) => key === '4b');
  const withSmaller = (): PlanState => {
    if (hard === undefined) throw new Error('Sarah has step 4b');
    const { kind, title, instructions, questionnaire, lateGraceHours } = hard;
    const schedule = { type: 'once', by: '2026-03-30' } as const;
    const smaller = {
      id: 'smaller',
      key: '4b-1',
      kind,
      title: `Half of it: ${title}`,
      instructions,
      questionnaire,
      lateGraceHours,
      schedule,
    };
    const command = {
      assignmentId: hard.id,
      basedOn: revisionOf(hard),
      by: 'Practitioner/dr-okafor',
      reason: 'Too big',
      smaller,
    };
    return makeSmallerStep(state, command as unknown as Parameters<typeof makeSmallerStep>[1], at, rules);
  };

  it('a smaller step is open, and the hard one is locked again until it is done', () => {
    page([show(withSmaller())]);
    expect(rendered?.box.querySelector('.open-now')?.textContent).toContain(
      'Step 4b-1: Half of it: Offer a small opinion',
    );
    expect(rendered?.box.querySelector('.not-done-item')?.textContent).toMatch(
      /missed, was due Mon, Mar 23.*Locked again\. Opens once step 4b-1 has been done\./,
    );
  });
});

describe('a step that was missed and came up again', () => {
  const first = state.occurrences.find(({ status }) => status === 'missed');
  if (first === undefined) throw new Error('Sarah missed step 4b');
  const [barrier] = state.barriers;
  const [log] = state.logs;
  if (barrier === undefined || log === undefined) throw new Error('Sarah has a barrier and logs');
  const again = { ...first, id: `${first.assignmentId}.2`, ordinal: 2, openedAt: '2026-03-25T15:00:00.000Z' };
  const later = { ...barrier, id: 'later', text: 'Ana might laugh', recordedAt: '2026-03-25T16:00:00.000Z' };
  const item = (more: Partial<PlanState>): string => {
    page([show({ ...state, ...more })]);
    return rendered?.box.querySelector('.not-done-item')?.textContent ?? '';
  };
  const due = {
    ...again,
    status: 'due',
    dueUntil: '2026-04-03T08:00:00.000Z',
    lateUntil: '2026-04-04T08:00:00.000Z',
  } as const;

  it('keeps what was said of the later time apart from why it was missed', () => {
    const { endedAt: _, ...open } = due;
    const barriers = [barrier, later];
    expect(item({ barriers })).toContain('Ana might laugh');
    const text = item({ occurrences: [...state.occurrences, open], barriers });
    expect(text).toContain('Afraid of being contradicted');
    expect(text).not.toContain('Ana might laugh');
  });

  it.each(['done', 'late'] as const)('says that it was logged since: %s', (status) => {
    const { endedAt: _, ...logged } = { ...due, status, logId: 'since' };
    const logs = [
      ...state.logs,
      { ...log, id: 'since', assignmentId: first.assignmentId, performedAt: '2026-03-25T18:00:00.000Z' },
    ];
    expect(item({ occurrences: [...state.occurrences, logged], logs })).toContain('Logged since, on Wed, Mar 25.');
    expect(item({})).not.toContain('Logged since');
  });
});

describe('of which plans the page tells', () => {
  it.each([
    [1, /^Speaking up in meetings · since/],
    [2, /^Both plans: Speaking up in meetings, Plan 2 · since/],
    [3, /^All three plans: Speaking up in meetings, Plan 2, Plan 3 \(closed\) · since/],
    [5, /^All 5 plans · since/],
  ])('%i of them', (count, words) => {
    const plans = Array.from({ length: count }, (_, index): PlanView => {
      if (index === 0) return older;
      const status = index === 2 ? 'completed' : 'active';
      return { ...fresh, plan: { ...fresh.plan, id: `p-${index}`, title: `Plan ${index + 1}`, status } };
    });
    const text = page(plans);
    expect(rendered?.box.querySelector('.period-head .quiet')?.textContent).toMatch(words);
    expect(text).toContain(count === 1 ? 'What changed since the plan began' : 'What changed since each plan began');
  });
});

describe('what the key of the charts says is in them', () => {
  const shades = () => rendered?.box.querySelectorAll('.chart-since').length ?? 0;

  it.each([
    [lastVisit, 'Shaded: since Wed, Mar 11.', true],
    ['2026-03-20T04:00:00.000Z', 'Nothing was rated since Fri, Mar 20.', false],
    ['2026-03-18T22:00:00.000Z', 'Nothing was rated since Wed, Mar 18.', false],
    ['2026-03-01T23:00:00.000Z', undefined, false],
  ] as const)('since %s: %s', (from, words, shaded) => {
    const text = page([older], { lastVisit: from });
    expect(shades() > 0).toBe(shaded);
    expect(/(Shaded|Nothing was rated)[^.]*\./.exec(text)?.[0]).toBe(words);
  });
});

describe('the columns of the page', () => {
  it('are one, in the order in which they are wanted', () => {
    page([older]);
    const headings = [...(rendered?.box.querySelectorAll('h2') ?? [])].map(({ id }) => id);
    expect(headings).toEqual(['care', 'not-done', 'changed', 'done']);
  });

  it('leave out what changed where nothing can be drawn, and say what is not there in the others', () => {
    const text = page([fresh]);
    expect([...(rendered?.box.querySelectorAll('h2') ?? [])].map(({ id }) => id)).toEqual(['care', 'not-done', 'done']);
    expect(text).toContain('Nothing has been logged in this time.');
  });

  it('name a step once, with each of its times that were not done', () => {
    const [missed] = older.occurrences.filter(({ status }) => status === 'missed');
    if (missed === undefined) throw new Error('Sarah missed a step');
    const again = { ...missed, id: 'again', ordinal: 2, status: 'overdue' as const };
    page([{ ...older, occurrences: [...older.occurrences, again] }]);
    const items = [...(rendered?.box.querySelectorAll('.not-done-item') ?? [])];
    expect(items).toHaveLength(1);
    expect([...(items[0]?.querySelectorAll('.status') ?? [])].map(({ textContent }) => textContent)).toEqual([
      'missed, was due Mon, Mar 23',
      'overdue, was due Mon, Mar 23',
    ]);
  });
});

describe('a figure is the same on the page and in the note', () => {
  it('a log that was written since the visit of a day before it is shown, and changes no figure of this time', () => {
    const late = state.logs.map((log) =>
      log.performedAt < lastVisit ? { ...log, authored: '2026-03-20T10:00:00.000Z' } : log,
    );
    const text = page([show({ ...state, logs: late })]);
    expect(text).toContain(`${state.logs.length} logs, 1 missed.`);
    expect(text).toContain('Belief went down in this time, from 70 % before step 3 to 45 % after step 4a.');
  });

  it('a chart names as many readings as its table has', () => {
    page([older]);
    const charts = [...(rendered?.box.querySelectorAll('.time-chart') ?? [])];
    expect(charts.length).toBeGreaterThan(1);
    for (const chart of charts) {
      const rows = chart.querySelectorAll('tbody tr').length;
      expect(chart.querySelector('svg[role=img]')?.getAttribute('aria-label')).toContain(`, ${rows} readings`);
    }
  });

  const numbers = ['belief-before', 'belief-after', 'suds-peak', 'confidence-after'] as const;
  const rated = fc.record(Object.fromEntries(numbers.map((linkId) => [linkId, fc.integer({ min: 0, max: 100 })])), {
    requiredKeys: [],
  }) as fc.Arbitrary<Partial<Record<(typeof numbers)[number], number>>>;

  it('whatever was rated, in whichever logs', () => {
    const since = state.logs.filter(({ performedAt }) => performedAt >= lastVisit);
    fc.assert(
      fc.property(fc.array(rated, { minLength: since.length, maxLength: since.length }), (values) => {
        const logs = since.map((log, index): Log => ({ ...log, items: itemsOf(values[index] ?? {}), withheld: [] }));
        const text = page([show({ ...state, logs })]);
        const told = keyMeasures(
          logs.toSorted((a, b) => a.performedAt.localeCompare(b.performedAt)),
          { summaryOf: (questionnaire) => registeredKinds.version(questionnaire).summary },
          state.plan,
        );
        // of the measures that changed in this time the headline tells the goal's, else the first, in the note's figures
        const changes = told
          .map((line) => /^(.*?) (\d+) to (\d+)( [^(]+?)?(?: \(.*\))?$/.exec(line))
          .filter((line) => line !== null && line[2] !== line[3]);
        const changed = changes.find((line) => line?.[1] === 'Belief') ?? changes[0];
        const [, label, first, last, unit = ''] = changed ?? [];
        const way = Number(last) < Number(first) ? 'down' : 'up';
        const sentence = new RegExp(
          `${label} went ${way} in this time, from ${first}${unit}( [^.]*)? to ${last}${unit}( [^.]*)?\\.`,
        );
        if (changed === undefined || changed === null) expect(text).not.toContain(' went ');
        else expect(text).toMatch(sentence);
      }),
      { numRuns: 25 },
    );
  });
});

function itemsOf(values: Readonly<Record<string, number>>): readonly AnswerItem[] {
  return Object.entries(values).map(([linkId, value]) => ({
    linkId,
    answers: [{ type: 'integer', value }],
    items: [],
  }));
}
