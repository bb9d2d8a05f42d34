import { afterEach, describe, expect, it } from 'vitest';
import { type OpenedView, openView } from './open-view.tsx';
import { situations } from './situations.ts';
import { answering, jsonAnswer, shapes } from './wrong-shapes.ts';

let view: OpenedView | undefined;
afterEach(async () => {
  await view?.close();
  view = undefined;
});

describe('the next visits of a list', () => {
  const visit = { patientId: 'sarah', start: '2026-03-26T19:00:00.000Z' };
  const bodies: readonly unknown[] = [
    { visits: [null] },
    { visits: ['sarah'] },
    { visits: [visit, { ...visit, start: 'soon' }] },
    { visits: [{ ...visit, start: 1 }] },
    { visits: [{ start: visit.start }] },
  ];
  const wrong = [
    ...shapes.map((shape) => [shape, answering('POST', '/app/v1/roster/visits', shape)] as const),
    ...bodies.map((body) => [JSON.stringify(body), () => jsonAnswer(body)] as const),
  ];
  it.each(wrong)('are not told of by %s, and the list stands', async (_shape, answer) => {
    view = await openView({ ...situations.coordinator, nextVisits: { sarah: visit.start } });
    let came = 0;
    view.instead((call) => {
      if (call.path !== '/app/v1/roster/visits') return undefined;
      came += 1;
      return answer(call);
    });
    const { shown, text, until } = view;
    await until(() => shown.box.querySelector('table.roster') !== null && came > 0);
    // what comes after it is there, too
    await view.press('Note a contact');
    await until(() => shown.box.querySelector('#contact-note') !== null);
    expect(text()).toContain('Daniel Brandt');
    expect(text()).not.toContain('Next visit');
  });

  it('are told of when the service itself answers', async () => {
    view = await openView({ ...situations.coordinator, nextVisits: { sarah: visit.start } });
    const { shown, text, until } = view;
    await until(() => shown.box.querySelector('table.roster') !== null && text().includes('Next visit Thu, Mar 26'));
  });
});
