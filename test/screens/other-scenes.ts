import type { Camera } from './camera.ts';
import { clinician, openTab, patient, type Stage, settled } from './stage.ts';

// every scope with which the app could change something
const writing = ['user', 'patient'].flatMap((level) =>
  ['CarePlan', 'Task', 'QuestionnaireResponse', 'Observation', 'DocumentReference', 'Communication'].map(
    (type) => `${level}/${type}.crus`,
  ),
);

const coordinator = { user: 'Practitioner/coordinator-reyes' } as const;

/** The coordinator's list, a contact, and a patient opened from it. */
export async function coordinatorScenes(stage: Stage, camera: Camera): Promise<void> {
  await camera.in({}, async (page) => {
    await stage.enter(page, coordinator);
    await camera.takeAll(page, 'coordinator-roster');
    await page
      .getByRole('button', { name: /^Note a contact/ })
      .first()
      .click();
    await page.getByRole('dialog').waitFor();
    await camera.takeAll(page, 'coordinator-contact');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Open Sarah Whitfield' }).click();
    await page.locator('.patient-banner').waitFor();
    await settled(page);
    await camera.takeAll(page, 'coordinator-patient');
  });
}

/** The pages that stand there when something can't be shown: each says what happened and what to do. */
export async function problemScenes(stage: Stage, camera: Camera): Promise<void> {
  const service = stage.house.running.url;
  await camera.in({ width: 768 }, async (page) => {
    await page.goto(`${service}/launch?iss=https%3A%2F%2Fehr.example%2Ffhir&launch=x`);
    await settled(page);
    await camera.takeAll(page, 'problem-unknown-ehr');
    await page.goto(`${service}/`);
    await settled(page);
    await camera.takeAll(page, 'front-page');
  });
  await camera.in({ width: 400, theme: 'dark' }, async (page) => {
    await page.goto(`${service}/app`);
    await settled(page);
    await camera.takeAll(page, 'problem-without-chart');
  });
  await camera.in({ width: 400, theme: 'dark' }, async (page) => {
    await stage.enter(page, patient);
    await page.route('**/app/v1/**', (route) => route.fulfill({ status: 401, json: { code: 'session-expired' } }));
    await page.reload();
    await settled(page);
    await camera.takeAll(page, 'patient-expired');
  });
  await camera.in({ width: 768 }, async (page) => {
    await page.route('**/app/v1/**', () => {});
    await page.goto(await stage.launch(clinician));
    await page.locator('main[aria-busy]').waitFor();
    await page.waitForURL('**/app');
    await camera.takeAll(page, 'clinician-loading');
  });
  await camera.in({ width: 768 }, async (page) => {
    await page.route('**/app/v1/**', (route) => route.fulfill({ status: 503, json: { code: 'internal' } }));
    await stage.enter(page, clinician);
    await camera.takeAll(page, 'clinician-error');
  });
  await camera.in({ width: 768 }, async (page) => {
    await stage.enter(page, { ...clinician, scopesDenied: writing });
    await openTab(page, 'Plan');
    await camera.takeAll(page, 'clinician-read-only');
  });
  await camera.in({ width: 400 }, async (page) => {
    await stage.enter(page, { ...patient, user: 'Patient/priya-raman', patient: 'priya-raman' });
    await camera.takeAll(page, 'patient-empty');
  });
}
