import { act } from 'react';
import { afterEach, expect, it } from 'vitest';
import { button, type OpenedView, openView } from './open-view.tsx';
import { situations } from './situations.ts';

let view: OpenedView | undefined;
afterEach(() => view?.close());

it.each([[[0, 1]], [[0, 2]], [[0, 0]]])('rows %j pressed at once open the first of them alone', async (pressed) => {
  const { roster } = situations.coordinator;
  const opened = await openView({ ...situations.atTheVisit, role: 'coordinator', roster });
  view = opened;
  const open = (at: number) => button(opened.shown.box, `Open ${roster[at]?.name}`);
  await opened.until(() => open(0) !== undefined);
  await act(async () => {
    const buttons = pressed.map(open);
    for (const one of buttons) one?.click();
  });
  await opened.until(() => opened.shown.box.querySelector('.needs-care') !== null);
  const asked = opened.service.calls.filter(({ path }) => path.endsWith('/open-patient'));
  expect(asked.map(({ body }) => body)).toEqual([{ patientId: roster[pressed[0] ?? 0]?.patientId }]);
});
