import { afterEach, expect, it } from 'vitest';
import { type OpenedView, openView } from './open-view.tsx';
import { situations } from './situations.ts';

/** What passed by, on the patient's first page: they are asked why where they can say it. */
let view: OpenedView | undefined;
afterEach(() => view?.close());

it.each([
  ['write', true],
  ['only read', false],
])('who may %s', async (_what, canWrite) => {
  view = await openView({ ...situations.missed, canWrite });
  const { shown, until, text } = view;
  await until(() => text().includes('This one didn’t come about'));
  const asked = [...shown.box.querySelectorAll('button')].filter(({ textContent }) =>
    textContent?.startsWith('Say what got in the way'),
  );
  expect(asked).toHaveLength(canWrite ? 1 : 0);
  // of several, each says of which step it is
  for (const { textContent } of asked) expect(textContent).toMatch(/the way: ./);
});
