import { afterEach, describe, expect, it } from 'vitest';
import { sayReason } from '../../src/http/api/reason-words.ts';
import type { FakeIntegration } from './fake-integration.ts';
import { connection, inTrouble } from './integration-case.ts';
import { type OpenedView, openView } from './open-view.tsx';
import { type } from './render.tsx';

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

  const since = '2026-03-25T18:57:00.000Z';
  const slow = { state: 'slow', how: 'late', since, requestKinds: ['search Task'] } as const;
  const hold = { since, status: 401 };
  const stranger = { lane: 'write', since, at: since, times: 2, says: 'HTTP 404 text/html' } as const;
  it.each([
    ['slow', { trouble: slow }, 'answers in part', true, /The rest is answered, and goes on\./],
    [
      'slow to answer for a token',
      { trouble: { ...slow, requestKinds: ['token'] } },
      'answers in part',
      false,
      /The rest is answered\./,
    ],
    [
      'slow, and takes nothing',
      { trouble: slow, hold },
      'answers in part',
      false,
      /The rest is answered\..*It takes no deliveries, for 3/,
    ],
    [
      'slow, and another answers',
      { trouble: slow, strangers: [stranger] },
      'answers in part',
      false,
      /Deliveries pause/,
    ],
    [
      'silent after it took nothing',
      { trouble: { ...slow, state: 'silent' }, hold },
      'does not answer',
      false,
      /The last delivery was answered with HTTP 401\..*goes out when the EHR answers and takes it again/,
    ],
    [
      'not asked with success, and takes nothing',
      { answers: false, hold },
      'does not answer',
      false,
      /answers and takes it again/,
    ],
  ] as const)('of an EHR that is %s says one thing in one card', async (_, more, chip, goesOn, words) => {
    view = await open({ connection: { ...connection, ...more } });
    view.shown;
    const card = () => view.shown.box.querySelector('section[aria-labelledby=ehr]');
    await view.until(() => words.test(card()?.textContent ?? ''));
    expect(card()?.querySelector('[role=status]')?.textContent).toBe(chip);
    expect(card()?.textContent?.includes('goes on')).toBe(goesOn);
    expect(/takes no deliveries/.test(card()?.textContent ?? '')).toBe('hold' in more && chip !== 'does not answer');
  });

  const letGo = 'counts as landed no more; a person decides';
  it.each([
    [{ kind: 'missing' }, 'Missing', 'Check and repair'],
    [{ kind: 'altered' }, 'Altered', 'Check and repair'],
    [{ kind: 'status' }, 'Another status', 'Check and repair'],
    [{ kind: 'missing', meanwhile: 'patient-unconfirmed' }, 'confirm that first', undefined],
    [{ kind: 'altered', meanwhile: 'landed-again' }, 'landed again since', undefined],
    [{ kind: 'other-patient' }, 'have it moved back there and check again', 'Check, and decide by hand'],
    [{ kind: 'other-resource' }, 'no repair writes over it', 'Check, and decide by hand'],
    [{ kind: 'other-patient', repaired: letGo }, 'say with this row where it stands', undefined],
    [{ kind: 'doubled' }, 'have all but one marked as a mistake there', undefined],
    [{ kind: 'beyond-repair' }, 'put right in the EHR by hand', undefined],
    [{ kind: 'entered-in-error' }, 'Ask in the EHR why', undefined],
    [{ kind: 'unreadable' }, 'allowed to read it', undefined],
  ] as const)('offers for %o what can be done, and no other', async (what, words, offered) => {
    const difference = {
      ...({ artefact: 'occurrence', id: 'occurrence-7', reference: 'Task/7', others: [] } as const),
      ...{ detail: 'as it was found', repaired: null, meanwhile: null, foundAt: now, ...what },
    };
    view = await open({ check: { check: { ...finished, kinds: { [what.kind]: 1 } }, differences: [difference] } });
    view.shown;
    await view.until(() => view.text().includes('1 differs'));
    expect(view.text()).toContain(words);
    expect(repairsOffered()).toEqual(offered === undefined ? [] : [offered]);
    if (offered === undefined) return;
    await view.press(offered);
    await view.until(() => view.shown.box.ownerDocument.querySelector('dialog h2')?.textContent === offered);
    expect(view.text()).toContain('counts as landed no more');
  });

  it('after a repair offers another check first: what was left would be left again', async () => {
    const left = {
      ...({ artefact: 'occurrence', id: 'occurrence-7', kind: 'missing', reference: 'Task/7', others: [] } as const),
      ...{ detail: 'the EHR says that it is gone', repaired: null, meanwhile: null, foundAt: now },
    };
    view = await open({
      check: { check: { ...finished, repair: true, kinds: { missing: 1 } }, differences: [left], next: '/next' },
    });
    view.shown;
    await view.until(() => view.text().includes('1 differs'));
    expect(repairsOffered()).toEqual([]);
    expect(view.text()).toContain('Check now');
  });
});

const finished = {
  ...({ id: 'check-1', state: 'finished', startedAt: now, finishedAt: now, startedBy: null } as const),
  ...{ checked: 64, differences: 1, unchecked: 0, kinds: {}, repair: false, problem: null },
};
const repairsOffered = () =>
  [...view.shown.box.querySelectorAll('section[aria-labelledby=ledger-check] .buttons button')]
    .map((button) => button.textContent)
    .filter((words) => words !== 'Check now');

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

/** What a list of the ledger has from now on: this row, as it stands in a list. */
const listsFromNowOn = ({ attempts: _all, lastOutcome: _last, ...listed }: typeof refused) =>
  view.instead(({ path }) =>
    path.endsWith('/ledger/search') ? Response.json({ now, count: 1, rows: [listed] }) : undefined,
  );

it('after many are tried again the ledger looks again by itself, and shows those that were refused at once', async () => {
  const second = row({ id: 'log-2' });
  view = await open({ rows: [refused, second] }, { name: 'ledger', state: 'rejected' });
  view.shown;
  await view.press('Try all 2 again');
  await view.until(() => view.shown.box.querySelector('textarea') !== null);
  type(view.shown.box.querySelector('textarea'), 'The EHR was mended');
  await view.press('Try 2 again');
  await view.until(() => view.text().includes('comes back here: look again'));
  expect(view.text()).toContain('0 rows');
  listsFromNowOn(second);
  await view.until(() => view.text().includes('log-2'));
  expect(view.text()).toContain('1 row');
});

it('looks again by itself for a row that is in flight at the moment its list is opened', async () => {
  view = await open({ rows: [] }, { name: 'ledger', state: 'unknown' });
  view.shown;
  await view.until(() => view.text().includes('None just now'));
  listsFromNowOn(lookedFor);
  await view.until(() => view.text().includes('log-9'));
  expect(view.text()).toContain('1 row');
});

it('says where a row is that waits for another reason than when it was chosen', async () => {
  view = await open({ rows: [] }, { name: 'ledger', state: 'unknown', reasonCode: 'unclear' });
  view.shown;
  await view.until(() => view.text().includes('“Show all reasons” has it'));
  listsFromNowOn(lookedFor);
  await view.press('Show all reasons');
  await view.until(() => view.text().includes('log-9'));
});

it('says that there is none where nothing comes by itself', async () => {
  view = await open({ rows: [] }, { name: 'ledger', state: 'withdrawn' });
  view.shown;
  await view.until(() => view.text().includes('No such row'));
});
