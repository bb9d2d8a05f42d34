import { afterEach, describe, expect, it } from 'vitest';
import { partHead } from '../../smart-app/src/words/where-it-stands.ts';
import type { Situation } from './fake-service.ts';
import { type OpenedView, openView } from './open-view.tsx';
import { situations } from './situations.ts';

let view: OpenedView | undefined;
afterEach(async () => {
  await view?.close();
  view = undefined;
});

const visit = situations.atTheVisit;
const openChart = async (situation: Situation) => {
  view = await openView(situation, { name: 'chart' });
  const { shown, until } = view;
  const note = () => shown.box.querySelector('section[aria-labelledby="note"]');
  await until(() => note() !== null);
  return { note: note()?.textContent ?? '', buttons: [...(note()?.querySelectorAll('button, select') ?? [])] };
};

describe('the page “In the chart”, for whoever may only read it', () => {
  it('says whose the note is, and offers nothing that cannot be done', async () => {
    const { note, buttons } = await openChart({ ...visit, canWrite: false });
    expect(note).toContain('The note is read and filed by a clinician who may change this homework.');
    expect(note).not.toContain('You read it first');
    expect(buttons).toEqual([]);
  });

  it('says of homework that is closed that no note is begun', async () => {
    const [plan] = visit.plans;
    const closed = { ...plan, plan: { ...plan.plan, status: 'completed' as const } };
    const { note, buttons } = await openChart({ ...visit, plans: [closed] });
    expect(note).toContain('This homework is closed: no new note is begun here.');
    expect(buttons).toEqual([]);
  });

  it('offers the note to who may file it', async () => {
    const { buttons } = await openChart(visit);
    expect(buttons.map(({ textContent }) => textContent)).toContain('Read the note');
  });

  it.each([
    [true, 'Waiting for you'],
    [false, 'Waiting for a clinician'],
  ])('heads what waits by whose it is: may change it: %s', (mayChange, title) => {
    expect(partHead('you', mayChange).title).toBe(title);
    expect(partHead('team', mayChange).title).toBe('For your integration team');
  });
});
