import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { sayReason } from '../../src/http/api/reason-words.ts';
import type { FakeIntegration } from './fake-integration.ts';
import { connection, inTrouble } from './integration-case.ts';
import { type OpenedView, openView } from './open-view.tsx';

let view: OpenedView;
afterEach(() => view.close());

const now = '2026-03-25T19:00:00.000Z';
const [refused] = inTrouble.rows;
if (refused === undefined) throw new Error('the case has a row');
const open = (integration: Partial<FakeIntegration>, page?: object) =>
  openView({ role: 'integration', now, integration: { connection, rows: [], ...integration } }, page);

const underWay = { code: 'under-way', sentAt: '2026-03-25T18:59:05.000Z', until: '2026-03-25T19:01:05.000Z' } as const;
const merged = { code: 'patient', standing: 'merged', survivorId: 'new-1' } as const;
const row = (more: Partial<typeof refused>): typeof refused => ({ ...refused, attempts: [], ...more });
const mergedRow = row({
  ...{ artefact: 'plan', id: 'plan-1', state: 'unknown', landed: 1, wanted: 2, lastOutcome: null, lastStatus: 412 },
  ...{ waitingFor: merged, because: null, reason: sayReason(merged), landedAt: '2026-03-24T15:00:00.000Z' },
  attempts: [
    {
      ...{
        id: 'a-1',
        startedAt: '2026-03-25T18:00:00.000Z',
        finishedAt: '2026-03-25T18:00:01.000Z',
        landing: 'native',
      },
      ...{ httpStatus: 412, disposition: null, detail: null },
    },
  ],
});
const lookedFor = row({ id: 'log-9', state: 'unknown', because: underWay, reason: sayReason(underWay) });

describe('the connection page', () => {
  it('counts as a decision only what a person can help, and tells the rest as what waits, in the times of the place', async () => {
    const held = [
      { patientId: 'old-1', state: 'merged', survivorId: 'new-1', learnedAt: now, plans: 1, waiting: 4 },
    ] as const;
    view = await open({ rows: [refused, mergedRow, lookedFor], merges: { held, confirmed: [] } });
    view.shown;
    await view.until(() => view.text().includes('to be confirmed'));
    expect(view.text()).toContain(
      '1 patient merged in the EHR, to be confirmed, 1 row needs a decision, 2 wait; the oldest for 3 days.',
    );
    const needs = view.shown.box.querySelector('section[aria-labelledby=decide]');
    expect(needs?.querySelectorAll('tbody tr')).toHaveLength(1);
    const waits = view.shown.box.querySelector('section[aria-labelledby=waiting]')?.textContent;
    expect(waits).toContain(
      'sent on Wed, Mar 25, 2:59 PM at the latest, without a clear answer, and it may still be under way: it is looked for until Wed, Mar 25, 3:01 PM',
    );
    expect(view.text()).not.toMatch(/\d{4}-\d\d-\d\dT/);
  });

  it('of a patient whom the EHR has no more speaks of no merge, and says what becomes of what waits', async () => {
    const held = [
      { patientId: 'mei-lin', state: 'gone', survivorId: null, learnedAt: now, plans: 2, waiting: 6 },
    ] as const;
    view = await open({ rows: [lookedFor], merges: { held, confirmed: [] } });
    view.shown;
    await view.until(() => view.text().includes('1 patient no longer in the EHR'));
    const section = () => view.shown.box.querySelector('section[aria-labelledby=merges]')?.textContent ?? '';
    expect(section()).toContain('what waits is kept here and is not sent');
    expect(section()).not.toMatch(/confirm/i);
    await view.press('Name their other record');
    await view.until(() => view.text().includes('says there that it replaces this one'));
    expect(view.text()).not.toMatch(/confirm the merge/i);
  });

  it.each([
    ['silent', 'unreached', 'does not answer', 'No connection to it for 3 minutes: read Patient.'],
    ['silent', 'late', 'does not answer', 'Not answered in time for 3 minutes: read Patient.'],
    ['slow', 'late', 'answers in part', 'Not answered in time for 3 minutes: read Patient. The rest is answered'],
    ['slow', 'cut', 'answers in part', 'Not answered to the end for 3 minutes: read Patient.'],
  ] as const)('of an EHR that is %s (%s) says that it %s', async (state, how, chip, words) => {
    const trouble = { state, how, since: '2026-03-25T18:57:00.000Z', requestKinds: ['read Patient'] };
    view = await open({ connection: { ...connection, trouble } });
    view.shown;
    await view.until(() => view.text().includes('Patient.'));
    expect(view.shown.box.querySelector('section[aria-labelledby=ehr] [role=status]')?.textContent).toBe(chip);
    expect(view.text()).toContain(words);
    expect(view.text().includes('Nothing is lost')).toBe(state === 'silent');
  });

  it.each([401, 429])('says of an EHR that takes no deliveries since when, and its answer: %s', async (status) => {
    const hold = { since: '2026-03-25T18:57:00.000Z', status };
    view = await open({ connection: { ...connection, hold } });
    view.shown;
    await view.until(() => view.text().includes('takes no deliveries'));
    expect(view.shown.box.querySelector('section[aria-labelledby=ehr] [role=status]')?.textContent).toBe(
      'answers in part',
    );
    expect(view.text()).toContain(
      `It takes no deliveries, for 3 minutes: the last one was answered with HTTP ${status}. They wait`,
    );
  });

  it.each([
    ['patient-unconfirmed', 'confirm that first', false],
    ['landed-again', 'landed again since', false],
    [null, 'it is about another patient', true],
  ] as const)('offers a repair only for what nothing explains by now: %s', async (meanwhile, words, offered) => {
    const difference = {
      ...({
        artefact: 'occurrence',
        id: 'occurrence-7',
        kind: 'other-patient',
        reference: 'Task/7',
        others: [],
      } as const),
      ...{ detail: 'it is about another patient', repaired: null, foundAt: now, meanwhile },
    } as const;
    const check = { ...inTrouble.check?.check, differences: 1 } as NonNullable<FakeIntegration['check']>['check'];
    view = await open({ check: { check, differences: [difference] } });
    view.shown;
    await view.until(() => view.text().includes('1 differs'));
    expect(view.text()).toContain(words);
    expect(view.text().includes('Check and repair')).toBe(offered);
  });
});

describe('the page of a row', () => {
  it('of a merged patient says what is not known, and leads to the merge alone', async () => {
    view = await open({ rows: [mergedRow] }, { name: 'row', artefact: 'plan', id: 'plan-1' });
    view.shown;
    await view.until(() => view.text().includes('What to do'));
    expect(view.text()).not.toContain('not answered');
    expect(view.text()).toContain('refused (412)');
    const buttons = [...view.shown.box.querySelectorAll('section[aria-labelledby=decide] button')];
    expect(buttons.map(({ textContent }) => textContent)).toEqual(['Go to “Connection”']);
    await view.press('Go to “Connection”');
    await view.until(() => view.text().includes('Connection to'));
  });

  it('says of what was withdrawn since when it was wanted, not that it is withdrawn so long', async () => {
    const gone = row({ state: 'withdrawn', because: null, reason: 'On paper', wantedAt: '2026-03-25T18:59:00.000Z' });
    view = await open({ rows: [gone] }, { name: 'row', artefact: gone.artefact, id: gone.id });
    view.shown;
    await view.until(() => view.text().includes('What to do'));
    expect(view.shown.box.querySelector('.row-state')?.textContent).toBe('withdrawnwanted 1 minute ago');
  });
});

it('after many are tried again the ledger looks again by itself, and shows those that were refused at once', async () => {
  const second = row({ id: 'log-2' });
  view = await open({ rows: [refused, second] }, { name: 'ledger', state: 'rejected' });
  view.shown;
  await view.press('Try all 2 again');
  await view.until(() => view.shown.box.querySelector('textarea') !== null);
  const field = view.shown.box.querySelector('textarea');
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(field, 'The EHR was mended');
    field?.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await view.press('Try 2 again');
  await view.until(() => view.text().includes('comes back here: look again'));
  expect(view.text()).toContain('0 rows');
  const answer = { now, count: 1, rows: [(({ attempts: _a, lastOutcome: _w, ...listed }) => listed)(second)] };
  view.instead(({ path }) => (path.endsWith('/ledger/search') ? Response.json(answer) : undefined));
  await view.until(() => view.text().includes('log-2'));
  expect(view.text()).toContain('1 row');
});
