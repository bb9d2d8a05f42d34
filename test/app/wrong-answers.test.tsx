import { afterEach, describe, expect, it } from 'vitest';
import { inTrouble } from './integration-case.ts';
import { type Instead, type OpenedView, openView } from './open-view.tsx';
import { situations } from './situations.ts';

let view: OpenedView | undefined;
afterEach(async () => {
  await view?.close();
  view = undefined;
});

const json = { 'content-type': 'application/json' };
const html = '<!doctype html><html><body><h1>Welcome to our network</h1>Please sign in.</body></html>';
/** What may answer with status 200 in the service's place, or come of a service of another version. */
const wrong: Readonly<Record<string, () => Response>> = {
  'an empty object': () => new Response('{}', { headers: json }),
  'a list': () => new Response('[]', { headers: json }),
  null: () => new Response('null', { headers: json }),
  'a text': () => new Response('"ok"', { headers: json }),
  'no body': () => new Response('', { headers: json }),
  'a page of HTML': () => new Response(html, { headers: { 'content-type': 'text/html' } }),
  'truncated JSON': () => new Response('{"now":"2026-03-25T19:00:00.000Z","pl', { headers: json }),
  'status 204': () => new Response(null, { status: 204 }),
  'parts of other types': () =>
    new Response(
      JSON.stringify({
        ...{ now: 1, plans: {}, kinds: null, rows: 'none', counts: [], waiting: {}, undecided: null, row: [] },
        ...{ attempts: {}, plan: 'x', signal: null, authored: 3, answers: 'yes', encounters: {}, patient: 'x' },
        ...{ key: null, text: {}, check: 'x', differences: {}, held: {}, confirmed: {} },
      }),
      { headers: json },
    ),
};
const shapes = Object.keys(wrong);
const answering =
  (method: string, begin: string, shape: string): Instead =>
  (call) =>
    call.method === method && (call.path === begin || call.path.startsWith(`${begin}?`)) ? wrong[shape]?.() : undefined;

const row = inTrouble.rows[0] ?? { artefact: 'plan', id: '' };
const rowPage = { name: 'row', artefact: row.artefact, id: row.id };

/** Every page that cannot be shown without an answer, and words of it when it is there. */
const pages = [
  ['the patient’s first page', situations.firstDay, undefined, '/app/v1/patient', 'To do'],
  ['the patient’s notes', situations.opinionDue, { name: 'done' }, '/app/v1/patient', 'My notes'],
  ['the clinician’s first page', situations.atTheVisit, undefined, '/app/v1/patient', 'Since last visit'],
  ['the clinician’s page of the plan', situations.atTheVisit, { name: 'plan' }, '/app/v1/patient', 'In the chart'],
  ['the coordinator’s list', situations.coordinator, undefined, '/app/v1/roster', 'Who needs a call'],
  ['the connection', situations.connection, undefined, '/app/v1/ledger/summary', 'Connection to'],
  ['the ledger', situations.connection, { name: 'ledger' }, '/app/v1/ledger', 'Sent together as|artefact'],
  ['a row of the ledger', situations.connection, rowPage, `/app/v1/ledger/${row.artefact}/${row.id}`, 'Attempts'],
] as const;

const isLoading = (box: HTMLElement): boolean => box.querySelector('[aria-busy]') !== null;

describe.each(pages)('%s', (_name, situation, page, path, words) => {
  const there = new RegExp(words);

  it.each(shapes)('that is answered by %s says so, and loads when the service is back', async (shape) => {
    view = await openView(situation, page);
    const { shown, text, until, press } = view;
    view.instead(answering('GET', path, shape));
    await until(() => text().includes('The answer could not be read'));
    expect(isLoading(shown.box)).toBe(false);
    expect(shown.box.querySelector('h1')?.textContent).toBe('The answer could not be read');
    view.instead(() => undefined);
    await press('Try again');
    await until(() => !text().includes('could not be read') && !isLoading(shown.box) && there.test(text()));
  });
});

describe('a page that is shown already', () => {
  it.each(['/app/v1/connection', '/app/v1/merges', '/app/v1/ledger/check'])(
    'says that it may not be the newest where %s is answered by anything else',
    async (path) => {
      for (const shape of shapes) {
        view = await openView(situations.connection);
        const { shown, text, until, press } = view;
        view.instead(answering('GET', path, shape));
        await until(() => !isLoading(shown.box) && text().includes('This may not be the newest'));
        expect([shape, text().includes('being asked')]).toEqual([shape, false]);
        view.instead(() => undefined);
        await press('Try again');
        await until(() => !text().includes('This may not be the newest'));
        await view.close();
        view = undefined;
      }
    },
  );

  it('of an answer that lacks what is deep in it is a problem page, no empty window', async () => {
    view = await openView(situations.atTheVisit);
    const { shown, text, until, press } = view;
    const hollow = { plan: {}, assignments: [{}], occurrences: [{}], logs: [{}], barriers: [{}] };
    const plans = [{ ...hollow, feedback: [{}], adherence: [{}], ledger: [{}] }];
    const body = { now: 'x', patient: {}, plans, kinds: [{}], questionnaires: {}, landings: [{}], whoSees: '' };
    view.instead(({ path }) =>
      path === '/app/v1/patient' ? new Response(JSON.stringify(body), { headers: json }) : undefined,
    );
    await until(() => shown.box.querySelector('h1')?.textContent === 'The answer could not be read');
    view.instead(() => undefined);
    await press('Try again');
    await until(() => text().includes('Since last visit'));
  });
});
