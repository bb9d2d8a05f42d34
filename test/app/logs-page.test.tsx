import { afterEach, describe, expect, it } from 'vitest';
import type { PlanState } from '../../src/homework/model.ts';
import { type OpenedView, openView } from './open-view.tsx';
import { newerPlan, situations } from './situations.ts';

let view: OpenedView | undefined;
afterEach(async () => {
  await view?.close();
  view = undefined;
});

const [sarah] = situations.atTheVisit.plans;

async function logsOf(plans: readonly PlanState[]): Promise<OpenedView> {
  const opened = await openView({ ...situations.atTheVisit, plans }, { name: 'logs' });
  view = opened;
  expect(opened.shown).toBeDefined();
  await opened.until(() => opened.shown.box.querySelector('.empty, .log-card') !== null);
  return opened;
}

const cards = ({ shown }: OpenedView) => shown.box.querySelectorAll('.log-card').length;

describe('the logs of a plan that has none', () => {
  it('beside one that has: says where the logs are that the first page counts, and shows them', async () => {
    const opened = await logsOf([newerPlan, sarah]);
    expect(opened.text()).toContain('No logs in this plan yet');
    expect(opened.text()).toContain('6 logs are in Speaking up in meetings.');
    await opened.press('Show them');
    await opened.until(() => cards(opened) > 0);
    expect(cards(opened)).toBe(6);
    expect(opened.shown.box.querySelector<HTMLSelectElement>('.plan-choice select')?.value).toBe(sarah.plan.id);
  });

  it.each([
    ['one', '1', /One log is in Speaking up in meetings\. ?Show it/],
    ['none', '0', /as soon as the patient has written one\.(?!.*(logs are|log is) in)/],
  ])('beside one with %s', async (_words, count, says) => {
    const opened = await logsOf([newerPlan, { ...sarah, logs: sarah.logs.slice(0, Number(count)) }]);
    expect(opened.text()).toMatch(says);
  });

  it('alone: that there are none yet', async () => {
    const opened = await logsOf([newerPlan]);
    expect(opened.text()).toMatch(/No logs yet/);
    expect(opened.text()).not.toContain('in this plan');
  });
});
