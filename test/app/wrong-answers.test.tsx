import { afterEach, describe, expect, it } from 'vitest';
import { inTrouble } from './integration-case.ts';
import { type OpenedView, openView } from './open-view.tsx';
import { situations } from './situations.ts';
import { answering, jsonAnswer, shapes } from './wrong-shapes.ts';

let view: OpenedView | undefined;
afterEach(async () => {
  await view?.close();
  view = undefined;
});

const row = inTrouble.rows[0] ?? { artefact: 'plan', id: '' };
const rowPage = { name: 'row', artefact: row.artefact, id: row.id };

/** Every page that cannot be shown without an answer, and words of it when it is there. */
const pages = [
  ['the patient’s first page', situations.firstDay, undefined, '/app/v1/patient', 'To do'],
  ['the patient’s notes', situations.opinionDue, { name: 'done' }, '/app/v1/patient', 'My notes'],
  ['the clinician’s first page', situations.atTheVisit, undefined, '/app/v1/patient', 'Overview'],
  ['the clinician’s page of the plan', situations.atTheVisit, { name: 'plan' }, '/app/v1/patient', 'In the chart'],
  ['the coordinator’s list', situations.coordinator, undefined, '/app/v1/roster', 'Who needs a call'],
  ['the connection', situations.connection, undefined, '/app/v1/ledger/summary', 'Connection to'],
  ['the ledger', situations.connection, { name: 'ledger' }, '/app/v1/ledger/search', 'Sent together as|artefact'],
  ['a row of the ledger', situations.connection, rowPage, `/app/v1/ledger/${row.artefact}/${row.id}`, 'Attempts'],
] as const;

const isLoading = (box: HTMLElement): boolean => box.querySelector('[aria-busy]') !== null;

describe.each(pages)('%s', (_name, situation, page, path, words) => {
  const there = new RegExp(words);

  it.each(shapes)('that is answered by %s says so, and loads when the service is back', async (shape) => {
    view = await openView(situation, page);
    const { text, until, press } = view;
    // what is looked for is sent, and asked for no address
    view.instead(answering(path.endsWith('/search') ? 'POST' : 'GET', path, shape));
    // opened only now: its first question goes out at once
    const { shown } = view;
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
        const { text, until, press } = view;
        view.instead(answering('GET', path, shape));
        const { shown } = view;
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
    const { text, until, press } = view;
    const hollow = { plan: {}, assignments: [{}], occurrences: [{}], logs: [{}], barriers: [{}] };
    const plans = [{ ...hollow, feedback: [{}], adherence: [{}], ledger: [{}] }];
    const body = { now: 'x', patient: {}, plans, kinds: [{}], questionnaires: {}, landings: [{}], whoSees: '' };
    view.instead(({ path }) => (path === '/app/v1/patient' ? jsonAnswer(body) : undefined));
    const { shown } = view;
    await until(() => shown.box.querySelector('h1')?.textContent === 'The answer could not be read');
    view.instead(() => undefined);
    await press('Try again');
    await until(() => text().includes('Overview'));
  });
});
