import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launchChromium } from '../browser/launch-chromium.ts';
import { openHouse } from '../start/open-house.ts';
import { root } from '../start/run-process.ts';
import { Camera } from './camera.ts';
import { fillRoster } from './cast.ts';
import { chartScenes, clinicianScenes } from './clinician-scenes.ts';
import { integrationScenes } from './integration-scenes.ts';
import { coordinatorScenes, problemScenes } from './other-scenes.ts';
import { patientScenes, waitingScene } from './patient-scenes.ts';
import { setStage } from './stage.ts';

// Takes the pictures of `docs/screens`: starts everything on free ports, plays the demo, and opens each view as its people do.
const { values } = parseArgs({
  options: { out: { type: 'string', default: join(root, 'docs/screens') }, whole: { type: 'boolean', default: false } },
});

const house = await openHouse();
const browser = await launchChromium();
try {
  const stage = setStage(house);
  const camera = new Camera(browser, values.out, values.whole);
  await patientScenes(stage, camera);
  await fillRoster(stage);
  for (const tenant of ['sandbox', 'sandbox-notes']) {
    const demo = await house.command('demo', '--tenant', tenant);
    if (demo.code !== 0) throw new Error(`the demo did not end well: ${demo.stderr}`);
  }
  for (const scenes of [
    waitingScene,
    clinicianScenes,
    chartScenes,
    coordinatorScenes,
    problemScenes,
    integrationScenes,
  ]) {
    await scenes(stage, camera);
  }
  for (const file of camera.taken) process.stdout.write(`${join(values.out, file)}\n`);
} finally {
  await browser.close();
  await house.close();
}
