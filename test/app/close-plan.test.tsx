import { afterEach, expect, it } from 'vitest';
import { type OpenedView, openView } from './open-view.tsx';
import { situations } from './situations.ts';

let view: OpenedView | undefined;
afterEach(() => view?.close());

const asks = 'Nothing is left to do in this plan. Close it?';

it('the plan page asks whether to close a plan in which nothing is left to do', async () => {
  const opened = await openView(situations.atTheVisit, { name: 'plan' });
  view = opened;
  expect(opened.shown).toBeDefined();
  await opened.until(() => opened.text().includes('Close this plan'));
  expect(opened.text()).toContain(asks);
});
