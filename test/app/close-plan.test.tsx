import { afterEach, expect, it } from 'vitest';
import { type OpenedView, openView } from './open-view.tsx';
import { situations } from './situations.ts';

let view: OpenedView | undefined;
afterEach(() => view?.close());

const asks = 'No step is open, and none opens by itself. Unlock one by hand, or close the plan?';

it('the plan page asks whether to close a plan in which only a locked step is left, without saying that nothing is left to do', async () => {
  const opened = await openView(situations.atTheVisit, { name: 'plan' });
  view = opened;
  expect(opened.shown).toBeDefined();
  await opened.until(() => opened.text().includes('Close this plan'));
  expect(opened.text()).toContain(asks);
  expect(opened.text()).not.toContain('Nothing is left to do');
});
