import { act } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isPeriodChoice, periodBegin, visitsToChoose } from '../../smart-app/src/plan/period.ts';
import { keepPeriod, storedPeriod } from '../../smart-app/src/session/kept-period.ts';
import { forgetSession } from '../../smart-app/src/session/session-store.ts';
import { periodNote, periodTitle } from '../../smart-app/src/words/period-words.ts';
import type { PatientHomework, VisitView } from '../../src/contract/app/patient-homework.ts';
import { type OpenedView, openView } from './open-view.tsx';
import { situations } from './situations.ts';

const place = { language: 'en-US', timeZone: 'America/New_York' };
const now = '2026-03-25T19:00:00.000Z';
const week = '2026-03-18T19:00:00.000Z';
type Known = Pick<PatientHomework, 'now' | 'visits' | 'lastVisit' | 'plans'>;
const visit = (more: Partial<VisitView> = {}): VisitView => ({ start: week, last: 'own', own: true, ...more });
const { own: _mine, ...another } = visit({ last: 'of-the-plans', with: 'Dr. Jonas Lindqvist' });
const told = (of: VisitView | undefined, more: Partial<Known> = {}): Known => ({
  ...{ now, plans: [], visits: of === undefined ? [] : [of] },
  ...(of === undefined ? {} : { lastVisit: of.start }),
  ...more,
});
const said = (
  homework: Known,
  choice?: Parameters<typeof periodTitle>[0]['choice'],
  begun = '2026-03-02T15:00:00.000Z',
) => {
  const asked = periodBegin(choice, homework, place.timeZone);
  const of = { choice, homework, asked, from: asked !== undefined && asked > begun ? asked : begun, place };
  return [periodTitle(of), periodNote(of)];
};

describe('the head says no more of a visit than is known', () => {
  const { with: _unnamed, ...nameless } = another;
  it.each<[string, Known, string, string | undefined]>([
    ['the clinician’s own', told(visit()), 'Since your visit on Wed, Mar 18', undefined],
    ['of who made the plan', told(another), 'Since the visit with Dr. Jonas Lindqvist on Wed, Mar 18', undefined],
    ['without a name', told(nameless), 'Since the visit on Wed, Mar 18', undefined],
    [
      'that can be seen',
      told({ ...nameless, last: 'seen' }),
      'Since the last visit we can see, Wed, Mar 18',
      'This EHR does not say with whom it was.',
    ],
    [
      'that can be seen, with a name',
      told({ ...another, last: 'seen' }),
      'Since the last visit we can see, Wed, Mar 18',
      'With Dr. Jonas Lindqvist, as far as this EHR says.',
    ],
    [
      'of the same care',
      told({ ...another, last: 'same-care', what: 'Psychotherapy' }),
      'Since the visit with Dr. Jonas Lindqvist on Wed, Mar 18',
      'The same kind of care as today’s visit: Psychotherapy.',
    ],
    [
      'none of this care',
      told(undefined),
      'Since the plan began',
      'No earlier visit that is known to be of this care.',
    ],
    [
      'before the plan',
      told(visit({ start: '2026-02-20T19:00:00.000Z' })),
      'Since the plan began',
      'The plan began on Mon, Mar 2, after your visit on Fri, Feb 20.',
    ],
    [
      'of the year before',
      told(visit({ start: '2025-12-17T19:00:00.000Z' })),
      'Since the plan began',
      'The plan began on Mon, Mar 2, after your visit on Wed, Dec 17, 2025.',
    ],
    [
      'at eight in the evening, which is the next day in Greenwich',
      told(visit({ start: '2026-03-19T00:30:00.000Z' })),
      'Since your visit on Wed, Mar 18',
      undefined,
    ],
  ])('%s', (_, homework, title, note) => {
    expect(said(homework)).toEqual([title, note]);
  });

  it('nothing, where the EHR tells of no visits', () => {
    const { visits: _untold, ...homework } = told(undefined);
    expect(said(homework)).toEqual(['Since the plan began', 'Visits cannot be seen with this sign-in.']);
  });
});

it.each<[Parameters<typeof periodTitle>[0]['choice'], string, string | undefined]>([
  [{ by: 'days', days: 7 }, 'The last 7 days', '2026-03-18T08:00:00.000Z'],
  [{ by: 'days', days: 30 }, 'The last 30 days', '2026-02-23T09:00:00.000Z'],
  [{ by: 'date', date: '2026-03-10' }, 'Since Tue, Mar 10', '2026-03-10T08:00:00.000Z'],
  [{ by: 'visit', start: week }, 'Since your visit on Wed, Mar 18', week],
  [{ by: 'plan' }, 'Since the plan began', undefined],
])('a time that was chosen: %j', (choice, title, from) => {
  const homework = told(visit());
  expect(periodBegin(choice, homework, place.timeZone)).toBe(from);
  expect(said(homework, choice, '2026-01-02T15:00:00.000Z')[0]).toBe(title);
});

it('a visit that goes on is none to begin with', () => {
  expect(visitsToChoose(told(visit({ goesOn: true })))).toEqual([]);
});

describe('what was chosen is kept', () => {
  const of = { launchId: 'l', patientId: 'sarah' };
  beforeEach(() => sessionStorage.clear());

  it('for this patient and launch, until the session is forgotten', () => {
    keepPeriod(of, { by: 'days', days: 14 });
    expect(storedPeriod(of)).toEqual({ by: 'days', days: 14 });
    expect(storedPeriod({ ...of, patientId: 'marcus' })).toBeUndefined();
    expect(storedPeriod({ ...of, launchId: 'another' })).toBeUndefined();
    forgetSession();
    expect(storedPeriod(of)).toBeUndefined();
    // only that one signed out, by which the page knows what to say when it is loaded anew
    expect(Object.keys(sessionStorage)).toEqual(['intersession.signed-out']);
  });

  it.each(['{', 'null', '{"launchId":"l","patientId":"sarah","choice":{"by":"days","days":9000}}'])(
    'and nothing is made of %s',
    (text) => {
      sessionStorage.setItem('intersession.period', text);
      expect(storedPeriod(of)).toBeUndefined();
    },
  );

  it.each([{ by: 'visit', start: 'x' }, { by: 'date', date: '0002-03-01' }, { by: 'week' }, 'plan'])(
    '%j is no choice',
    (value) => expect(isPeriodChoice(value)).toBe(false),
  );
});

describe('the first page', () => {
  let view: OpenedView | undefined;
  afterEach(() => view?.close());
  const select = () => view?.shown.box.querySelector<HTMLSelectElement>('.choose-period select');
  const choose = async (field: HTMLSelectElement | HTMLInputElement | null | undefined, value: string) => {
    if (field == null) throw new Error('no field');
    const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value') ?? {};
    await act(async () => {
      set?.call(field, value);
      field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }));
    });
  };
  const logs = () => view?.shown.box.querySelectorAll('.done-list > li').length ?? 0;

  it.each([
    ['2026-03-26', 'Thu, Mar 26 is still to come. Please choose today or an earlier day.'],
    ['2026-04-20', 'Mon, Apr 20 is still to come. Please choose today or an earlier day.'],
    ['2026-03-25', undefined],
  ])('a date that is chosen, %s: taken, or a word why not', async (date, words) => {
    view = await openView(situations.atTheVisit, { name: 'since' });
    await view.until(() => select() !== undefined && select() !== null);
    await choose(select(), 'date');
    const field = () => view?.shown.box.querySelector<HTMLInputElement>('.choose-period input') ?? null;
    await choose(field(), date);
    expect(view.shown.box.querySelector('.choose-period [role=alert]')?.textContent).toBe(words);
    expect(field()?.getAttribute('aria-invalid')).toBe(words === undefined ? null : 'true');
    expect(view.shown.box.querySelector('h1')?.textContent === 'Since Wed, Mar 25').toBe(words === undefined);
    await choose(field(), '2026-03-10');
    expect(view.shown.box.querySelector('.choose-period [role=alert]')).toBeNull();
    expect(view.shown.box.querySelector('h1')?.textContent).toBe('Since Tue, Mar 10');
  });

  it('tells of the time that is chosen, in its head and its lists', async () => {
    const older: VisitView = { start: '2026-03-04T20:30:00.000Z', with: 'Dr. Jonas Lindqvist' };
    const own: VisitView = { start: '2026-03-11T20:30:00.000Z', own: true, last: 'own' };
    const going: VisitView = { start: '2026-03-25T18:55:00.000Z', own: true, goesOn: true };
    view = await openView({ ...situations.atTheVisit, visits: [going, own, older] }, { name: 'since' });
    expect(view.shown).toBeDefined();
    await view.until(() => view?.text().includes('Since your visit on Wed, Mar 11') === true);
    const since = logs();
    expect([...(select()?.options ?? [])].map(({ text }) => text)).toEqual([
      ...['Since your visit on Wed, Mar 11', 'Wed, Mar 4 · with Dr. Jonas Lindqvist'],
      ...['The last 7 days', 'The last 14 days', 'The last 30 days', 'Since the plan began', 'Since a date …'],
    ]);
    await choose(select(), older.start);
    expect(view.shown.box.querySelector('h1')?.textContent).toBe(
      'Since the visit with Dr. Jonas Lindqvist on Wed, Mar 4',
    );
    const more = logs();
    expect(more).toBeGreaterThan(since);
    await choose(select(), 'days-7');
    expect(logs()).toBeLessThan(more);
    await choose(select(), 'date');
    expect(view.shown.box.querySelector('h1')?.textContent).toBe('The last 7 days');
    await choose(view.shown.box.querySelector<HTMLInputElement>('.choose-period input'), '2026-03-04');
    expect(view.shown.box.querySelector('h1')?.textContent).toBe('Since Wed, Mar 4');
    expect(logs()).toBeGreaterThan(since);
    await choose(select(), 'last');
    expect(logs()).toBe(since);
    // no word of the page, its tabs and its head on paper says another time than the one that is told of
    await choose(select(), 'days-7');
    const { box } = view.shown;
    const outside = [...box.querySelectorAll('nav, .print-head, header')]
      .map(({ textContent }) => textContent)
      .join(' ');
    expect(outside).toContain('Overview');
    expect(outside).not.toMatch(/visit/i);
    expect(JSON.stringify(sessionStorage)).not.toMatch(/Whitfield|Lindqvist/);
    expect(location.href).not.toMatch(/2026|visit/);
  });
});
