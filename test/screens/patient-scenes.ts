import type { Page } from 'playwright-core';
import { sendLog } from '../browser/turn-pages.ts';
import type { Camera } from './camera.ts';
import { makePlan } from './cast.ts';
import { openTab, patient, type Stage, settled } from './stage.ts';

const tenant = 'sandbox-notes';
const self = { ...patient, face: 'notes-only' } as const;

const write = (page: Page) =>
  page
    .getByRole('button', { name: /^(Write it down|Go on writing)/ })
    .first()
    .click();

/** Sarah on the day of the first meeting, at the EHR that takes notes only, where no demo has been played. */
export async function patientScenes(stage: Stage, camera: Camera): Promise<void> {
  await stage.setClock(tenant, '2026-03-01T10:00:00-05:00');
  const { steps } = await makePlan(stage, tenant);
  await stage.setClock(tenant, '2026-03-02T11:10:00-05:00');
  await camera.in({ width: 400 }, async (page) => {
    await stage.enter(page, self);
    await camera.takeAll(page, 'patient-today');
    await page
      .getByRole('button', { name: /^What and why/ })
      .first()
      .click();
    await settled(page);
    await camera.takeAll(page, 'patient-step');
    await openTab(page, 'To do');
    await write(page);
    const situation = page.getByRole('textbox', { name: 'What was the situation?' });
    await situation.fill('Monday team meeting, eight people');
    await page.getByText('Saved. You can leave').waitFor();
    await camera.takeAll(page, 'patient-log');
    const slider = page.getByRole('slider').first();
    const saved = page.waitForResponse((response) => response.url().includes('/app/v1/drafts') && response.ok());
    await slider.press('End');
    await saved;
    await camera.takeAll(page, 'patient-log-ratings', 'input[type=range]');
  });
  await camera.in({ width: 400 }, async (page) => {
    await stage.enter(page, self);
    await write(page);
    await sendLog(page);
    await page.getByRole('heading', { name: /Thank you/ }).waitFor();
    await camera.takeAll(page, 'patient-thanks');
  });
  await stage.house.api(tenant).request('POST', `/api/v1/assignments/${steps.get('1')}/feedback`, {
    sourceId: 'screens-feedback',
    author: 'Practitioner/dr-okafor',
    text: 'You noticed exactly what runs through your head before you speak. That is the hard part, and you did it.',
  });
  await camera.in({ width: 400 }, async (page) => {
    await stage.enter(page, self);
    await openTab(page, 'My notes');
    await camera.takeAll(page, 'patient-done');
    await openTab(page, 'Messages');
    await camera.takeAll(page, 'patient-messages');
  });
}

/** Sarah after the demo, when one step was missed and nothing is due. */
export async function waitingScene(stage: Stage, camera: Camera): Promise<void> {
  await camera.in({ width: 400 }, async (page) => {
    await stage.enter(page, patient);
    await camera.takeAll(page, 'patient-waiting');
  });
}
