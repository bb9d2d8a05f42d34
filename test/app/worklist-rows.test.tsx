import { afterEach, describe, expect, it } from 'vitest';
import { reasonWords } from '../../smart-app/src/coordinator/roster-words.ts';
import type { RosterReason, RosterRow } from '../../src/contract/app/roster.ts';
import { button, type OpenedView, openView } from './open-view.tsx';
import { type } from './render.tsx';
import { situations } from './situations.ts';

let view: OpenedView | undefined;
afterEach(async () => {
  await view?.close();
  view = undefined;
});

const { coordinator } = situations;
const [sarah, daniel, amira] = coordinator.roster as readonly [RosterRow, RosterRow, RosterRow];
const now = '2026-03-25T19:00:00.000Z';
const newYork = { timeZone: 'America/New_York', language: 'en-US' };

async function listOf(roster: readonly RosterRow[], notShown: object = {}): Promise<OpenedView> {
  const opened = await openView({ ...coordinator, roster, notShown });
  view = opened;
  const { shown, until } = opened;
  await until(() => shown.box.querySelector('tbody tr, .empty') !== null);
  return opened;
}
const rowOf = ({ shown }: OpenedView, name: string) =>
  [...shown.box.querySelectorAll('tbody tr')].find((row) => row.textContent?.includes(name)) ??
  expect.fail(`${name} is not on the list`);
const cell = (opened: OpenedView, name: string, label: string) =>
  rowOf(opened, name).querySelector(`[data-label="${label}"]`)?.textContent ?? '';
/** As somebody with an open signal. */
const atRisk = (row: RosterRow, changes: Partial<RosterReason> = {}): RosterRow => ({
  ...row,
  openSignals: changes.count ?? 1,
  signals: ['safety', ...row.signals],
  reasons: [{ code: 'safety', count: 1, since: '2026-03-20T13:05:00.000Z', ...changes }, ...row.reasons],
});

describe('a reason in words', () => {
  const since = '2026-03-20T13:05:00.000Z';
  it.each<[RosterReason, string]>([
    [{ code: 'safety', count: 1, since }, 'Safety signal open since Fri, Mar 20'],
    [
      { code: 'safety', count: 2, since, latest: '2026-03-25T13:20:00.000Z' },
      '2 safety signals open since Fri, Mar 20, the last one today, 9:20 AM',
    ],
    [
      { code: 'safety', count: 3, since, latest: '2026-03-24T22:07:00.000Z' },
      '3 safety signals open since Fri, Mar 20, the last one on Tue, Mar 24, 6:07 PM',
    ],
    [
      { code: 'safety', count: 1, since, toldAgain: '2026-03-25T13:20:00.000Z' },
      'Safety signal open since Fri, Mar 20, told of again today, 9:20 AM',
    ],
    [
      { code: 'safety', count: 2, since, latest: '2026-03-21T12:00:00.000Z', toldAgain: '2026-03-24T13:20:00.000Z' },
      '2 safety signals open since Fri, Mar 20, told of again on Tue, Mar 24, 9:20 AM',
    ],
    // by the clock of a sandbox it may be raised after now
    [
      { code: 'safety', count: 2, since, latest: '2026-11-30T14:20:00.000Z' },
      '2 safety signals open since Fri, Mar 20, the last one on Mon, Nov 30, 9:20 AM',
    ],
    [
      { code: 'stopped', count: 3, since, ending: 'missed', step: { key: '1', title: 'x' } },
      'Missed step 1 since Fri, Mar 20, and 2 more',
    ],
    [{ code: 'message', count: 1, since }, 'Message not read, from Fri, Mar 20'],
    [{ code: 'message', count: 2, since }, '2 messages not read, the first from Fri, Mar 20'],
    [{ code: 'not-landed', count: 1, chart: 'missing' }, 'Not in the chart'],
    [{ code: 'not-landed', count: 5, chart: 'outdated' }, '5 out of date in the chart'],
    [{ code: 'not-landed', count: 1, chart: 'outdated' }, 'Out of date in the chart'],
    [{ code: 'not-landed', count: 2, chart: 'unclear' }, '2 not known to be in the chart'],
    [{ code: 'not-landed', count: 1, chart: 'missing', of: 'safety' }, 'Safety signal not in the chart'],
    [{ code: 'not-landed', count: 2, chart: 'outdated', of: 'safety' }, '2 safety signals out of date in the chart'],
  ])('%j', (reason, words) => {
    expect(reasonWords(reason, now, newYork).replaceAll('\u202f', ' ')).toBe(words);
  });
});

describe('a row', () => {
  it('says of several signals the last, and that a contact was before it', async () => {
    const contact = { id: 'c', at: '2026-03-24T15:00:00.000Z', by: 'Maja Lindqvist', own: true, note: 'Not reached' };
    const opened = await listOf([
      { ...atRisk(sarah, { count: 2, latest: '2026-03-25T13:20:00.000Z' }), contact },
      { ...atRisk(daniel), contact },
      {
        ...atRisk(amira, { toldAgain: '2026-03-25T13:20:00.000Z' }),
        contact,
        asideUntil: undefined,
      } as unknown as RosterRow,
    ]);
    expect(cell(opened, 'Sarah', 'Why here')).toMatch(/2 safety signals open since .*, the last one today, 9:20/);
    expect(cell(opened, 'Sarah', 'Contact')).toContain('Before the last safety signal');
    expect(cell(opened, 'Daniel', 'Contact')).not.toContain('Before');
    expect(cell(opened, 'Amira', 'Contact')).toContain('Before it was told of again');
  });

  it('names two plans in one running sentence of its chip', async () => {
    const second = { ...(sarah.plans[0] as RosterRow['plans'][number]), id: 'second', title: 'Getting out again' };
    const opened = await listOf([{ ...sarah, plans: [...sarah.plans, second] }]);
    const chip = rowOf(opened, 'Sarah').querySelector('.signals .status');
    // what is side by side in a chip is its icon and its words, and nothing of the words
    const parts = [...(chip?.childNodes ?? [])].filter(({ textContent }) => (textContent ?? '').trim() !== '');
    expect(parts.map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^In the way since .* \(Speaking up in meetings\)$/),
    ]);
  });

  it('says of a safety signal that is not in the chart nothing of the plan it was raised in', async () => {
    const notLanded = { code: 'not-landed', planId: 'plan-of-sarah', count: 1, chart: 'missing' } as const;
    const mood = { ...(sarah.plans[0] as RosterRow['plans'][number]), id: 'mood', title: 'Mood' };
    const opened = await listOf([
      { ...sarah, plans: [...sarah.plans, mood], reasons: [{ ...notLanded, of: 'safety' }, notLanded] },
    ]);
    const said = [...rowOf(opened, 'Sarah').querySelectorAll('.signals li')].map(({ textContent }) => textContent);
    expect(said).toEqual(['Safety signal not in the chart', 'Not in the chart (Speaking up in meetings)']);
  });

  it('counts the days of a plan in its own zone', async () => {
    // due on Monday in Los Angeles, where that day ends at 07:00 in New York
    const silent = { ...daniel, silentSince: '2026-03-24T11:00:00.000Z', reasons: [] };
    const opened = await listOf([
      { ...silent, timeZone: 'America/Los_Angeles' },
      {
        ...silent,
        patientId: 'other',
        name: 'Ada Other',
        silentSince: '2026-03-23T19:00:00.000Z',
        timeZone: 'Asia/Tokyo',
      },
    ]);
    expect(cell(opened, 'Daniel', 'Last log')).toContain('Due Mon, Mar 23, 2 days ago, not logged');
    // in Tokyo it is the 26th by now
    expect(cell(opened, 'Ada', 'Last log')).toContain('Due Mon, Mar 23, 2 days ago, not logged');
  });

  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    [
      'who has died',
      { deceased: true, due: 1, done: 0, lastLogAt: undefined, silentSince: undefined },
      'No log yet0 of 1 logged',
    ],
    [
      'of whom something was not done',
      { due: 1, done: 0, lastLogAt: undefined, silentSince: undefined },
      'No log yet0 of 1 logged',
    ],
    [
      'who did it without a log',
      { due: 1, done: 1, lastLogAt: undefined, silentSince: undefined },
      'No log yetNothing due without a log1 of 1 logged',
    ],
    [
      'of whom nothing is due yet',
      { due: 0, done: 0, lastLogAt: undefined, silentSince: undefined },
      'No log yetNothing due yet',
    ],
  ])('contradicts itself in nothing, of one %s', async (_who, changes, words) => {
    const row = Object.fromEntries(
      Object.entries({ ...daniel, ...changes }).filter(([, value]) => value !== undefined),
    );
    expect(cell(await listOf([row as unknown as RosterRow]), 'Daniel', 'Last log')).toBe(words);
  });
});

describe('above the list', () => {
  const reach = 'Reach this patient';
  it('“Safety signals first” stands where somebody with one is shown, and elsewhere the way there', async () => {
    const opened = await listOf([atRisk(sarah), daniel, amira]);
    expect(opened.text()).toContain(reach);
    expect(opened.text()).not.toContain('not among those shown');
    await opened.press('Overdue');
    await opened.until(() => opened.text().includes('1 here, of'));
    expect(opened.text()).not.toContain(reach);
    expect(opened.text()).toContain('1 patient with an open safety signal is not among those shown here.');
    await opened.press('Show the patient');
    await opened.until(() => opened.text().includes(reach));
    expect(rowOf(opened, 'Sarah')).toBeDefined();
    expect(opened.text()).not.toContain('not among those shown');
  });

  it.each([
    [{ gone: { patients: 1, withSignal: 0 } }, /no longer has the record of 1 patient with homework.*They cannot/],
    [
      { gone: { patients: 1, withSignal: 1 } },
      /A safety signal is open for this patient\. They cannot.*which record it was, and decide who that is now/,
    ],
    [
      { gone: { patients: 3, withSignal: 2 } },
      /records of 3 patients with homework.*2 of them have an open safety signal\./,
    ],
    [{ hidden: { patients: 1 } }, /1 patient with homework is not in this list: the EHR does not show them to you\./],
  ])('who is not there is told of as what they are: %j', async (notShown, words) => {
    expect((await listOf([daniel], notShown)).text()).toMatch(words);
  });
});

describe('a chart that cannot be opened', () => {
  it.each([
    [503, 'ehr-unreachable', /The EHR does not answer, so this chart could not be opened/],
    [500, 'internal', /could not be opened just now/],
    [409, 'patient-merged', /Your integration team has to confirm that first/],
  ])(
    'says so in its row, with the focus still on its button, and to who listens: %i %s',
    async (status, code, words) => {
      const opened = await listOf([daniel, sarah]);
      opened.service.refuse('/app/v1/open-patient', status, code);
      const pressed = button(rowOf(opened, 'Sarah'), 'Open');
      const alert = rowOf(opened, 'Sarah').querySelector('[role=alert]');
      pressed?.focus();
      await opened.press('Open Sarah');
      await opened.until(() => words.test(rowOf(opened, 'Sarah').textContent ?? ''));
      // in a place that was there before
      expect(alert?.textContent).toMatch(words);
      expect(document.activeElement).toBe(pressed);
      expect(rowOf(opened, 'Daniel').textContent).not.toMatch(words);
      expect(opened.text().match(new RegExp(words, 'g'))).toHaveLength(1);
    },
  );

  it('and is offered no more has the focus at the words that say so', async () => {
    const opened = await listOf([sarah, daniel]);
    await opened.press('Open Daniel');
    await opened.until(() => button(rowOf(opened, 'Daniel'), 'Open') === undefined);
    expect(rowOf(opened, 'Daniel').textContent).toContain('The EHR does not let you open this chart.');
    expect(document.activeElement).toBe(rowOf(opened, 'Daniel').querySelector('[role=alert]'));
  });

  it('of one who has left the list meanwhile it is said above it', async () => {
    const opened = await listOf([sarah, daniel]);
    opened.service.refuse('/app/v1/open-patient', 404, 'unknown-artefact');
    opened.instead(({ path }) =>
      path.startsWith('/app/v1/roster?')
        ? new Response(
            JSON.stringify({
              ...{ now, rows: [sarah], counts: {}, inNeed: 0 },
              ...{ patients: { count: 1 }, hidden: { patients: 1 } },
            }),
            { headers: { 'content-type': 'application/json' } },
          )
        : undefined,
    );
    await opened.press('Open Daniel');
    await opened.until(() => !opened.text().includes('Daniel Brandt'));
    expect(opened.text()).toContain('The EHR does not let you open this chart.');
    expect(document.activeElement?.getAttribute('role')).toBe('alert');
  });
});

it.each([
  ['   ', false],
  ['\u00a0', false],
  [' brandt ', true],
])('a search of %j tells how many of all are here only where it looks for something: %s', async (words, tells) => {
  const opened = await listOf(coordinator.roster);
  const status = () => opened.shown.box.querySelector('main > p[role="status"]')?.textContent ?? '';
  const all = status();
  expect(all).toMatch(/^10 patients, /);
  type(opened.shown.box.querySelector('#roster-search'), words);
  await opened.until(() => status().includes('patients') && (!tells || status().startsWith('1 here, of ')));
  expect(status()).toBe(tells ? `1 here, of ${all}` : all);
});
