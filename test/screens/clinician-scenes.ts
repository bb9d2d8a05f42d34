import { chooseAct } from '../browser/choose-act.ts';
import type { Camera } from './camera.ts';
import { clinician, openTab, type Stage, settled } from './stage.ts';

const pages = [
  ['Overview', 'clinician-since'],
  ['Plan', 'clinician-plan'],
  ['Logs', 'clinician-logs'],
  ['Messages', 'clinician-messages'],
  ['In the chart', 'clinician-chart'],
] as const;

/** Sarah's clinician at the visit on 25 March, after the demo. */
export async function clinicianScenes(stage: Stage, camera: Camera): Promise<void> {
  await camera.in({}, async (page) => {
    await stage.enter(page, clinician);
    for (const [tab, name] of pages) {
      await openTab(page, tab);
      await camera.takeAll(page, name);
    }
    // the demo has filed the note of this visit: the next one is of the hour after it
    await stage.setClock('sandbox', '2026-03-25T16:00:00-04:00');
    await stage.enter(page, clinician);
    await openTab(page, 'In the chart');
    await page.getByRole('button', { name: 'Read the note' }).click();
    await page.locator('pre.report').first().waitFor();
    await camera.takeAll(page, 'clinician-note-preview', 'pre.report');
    await openTab(page, 'Plan');
    await page.getByRole('button', { name: 'Unlock step 4c' }).click();
    await page.getByRole('dialog').waitFor();
    await camera.takeAll(page, 'clinician-unlock');
    await page.keyboard.press('Escape');
    await chooseAct(page, 'Enter a paper log', 'step 4a');
    await settled(page);
    await camera.takeAll(page, 'clinician-paper-log');
  });
  await camera.in({}, async (page) => {
    await stage.enter(page, { ...clinician, patient: 'priya-raman' });
    await camera.takeAll(page, 'clinician-empty');
    await page.getByRole('button', { name: 'Assign a plan' }).click();
    await settled(page);
    await camera.takeAll(page, 'clinician-assign');
  });
}

/** The EHR's own chart, with the app in it, at both of its faces. */
export async function chartScenes(stage: Stage, camera: Camera): Promise<void> {
  for (const face of ['native', 'notes-only'] as const) {
    await camera.in({}, async (page) => {
      await page.goto(`${stage.house.ehr}/chart/sarah?face=${face}`);
      await page.waitForLoadState('networkidle');
      // what stands in the record, under the buttons that open the app
      const section = face === 'native' ? 'Care plan' : 'Clinical notes';
      await page
        .getByRole('heading', { name: section })
        .first()
        .evaluate((at) => at.scrollIntoView());
      await camera.take(page, `ehr-chart-${face}`);
      if (face === 'notes-only') return;
      await page
        .getByRole('button', { name: /^Open Intersession as Dr/ })
        .first()
        .click();
      await page.frameLocator('iframe').locator('main:not([aria-busy]) h1').waitFor();
      await page.locator('#app-panel').scrollIntoViewIfNeeded();
      await camera.take(page, 'ehr-chart-with-app');
    });
  }
}
