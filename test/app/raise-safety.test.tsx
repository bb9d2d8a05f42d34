import { afterEach, expect, it } from 'vitest';
import { raiseSafetySignalBody } from '../../src/contract/safety-signal.ts';
import { reportedRuleCodes, safetyRules } from '../../src/homework/safety/safety-signal.ts';
import { type OpenedView, openView } from './open-view.tsx';
import { situations } from './situations.ts';

let view: OpenedView | undefined;
afterEach(() => view?.close());

it('what worries somebody is one of what people report, in the sheet as at the doors', async () => {
  view = await openView(situations.atTheVisit);
  const { press, shown, until } = view;
  const choices = () => [...shown.box.querySelectorAll('.safety-rules label')].map((label) => label.textContent);
  await press('Worried about this patient’s safety?');
  await until(() => choices().length > 0);
  expect(choices()).toEqual(reportedRuleCodes.map((code) => safetyRules[code]));
  expect(raiseSafetySignalBody.shape.rule.options).toEqual(reportedRuleCodes);
});
