import { afterEach, expect, it } from 'vitest';
import { type OpenedView, openView } from './open-view.tsx';
import { situations } from './situations.ts';

let view: OpenedView | undefined;
afterEach(() => view?.close());

it.each<[number, number, string | undefined]>([
  [6, 7, '6 of 7 logged'],
  [0, 1, '0 of 1 logged'],
  [18, 19, '18 of 19 logged'],
  [15, 20, '15 of 20 logged (75 %)'],
  [200, 300, '200 of 300 logged (66.7 %)'],
  [21, 21, '21 of 21 logged (100 %)'],
  [0, 0, undefined],
])('the list says of %i of %i times: %s', async (done, due, words) => {
  const [row] = situations.coordinator.roster;
  if (row === undefined) throw new Error('nobody on the list');
  view = await openView({ ...situations.coordinator, roster: [{ ...row, done, due }] });
  const { shown, until } = view;
  await until(() => shown.box.querySelector('tbody tr') !== null);
  const said = [...shown.box.querySelectorAll('tbody .quiet')]
    .map(({ textContent }) => textContent?.trim() ?? '')
    .filter((text) => / of \d+ (logged|done)|%/.test(text));
  expect(said).toEqual(words === undefined ? [] : [words]);
});
