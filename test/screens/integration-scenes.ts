import { z } from 'zod';
import type { Camera } from './camera.ts';
import { openTab, type Stage, settled } from './stage.ts';

const analyst = { user: 'Practitioner/integration-haddad' } as const;
const planned = z.object({ rows: z.array(z.object({ id: z.string() })) });

/** Two messages in trouble: one that the EHR refused, one that it took without an answer. */
async function makeTrouble(stage: Stage): Promise<void> {
  const api = stage.house.api('sandbox');
  const { rows } = planned.parse((await api.request('GET', '/api/v1/ledger?artefact=assignment&limit=1')).body);
  const fault = { face: 'native', type: 'Communication' };
  const send = async (sourceId: string, state: string): Promise<void> => {
    const body = { sourceId, author: 'Practitioner/dr-okafor', text: 'You spoke up. How was it?' };
    await api.request('POST', `/api/v1/assignments/${rows[0]?.id}/feedback`, body);
    for (let tries = 0; tries < 100; tries += 1) {
      const found = planned.parse((await api.request('GET', `/api/v1/ledger?state=${state}`)).body);
      if (found.rows.length > 0) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`no row is ${state}`);
  };
  await stage.control('POST', '/faults', { ...fault, method: 'POST', action: 'status', status: 422, times: 1 });
  await send('screens-refused', 'rejected');
  await stage.control('POST', '/faults', { ...fault, method: 'POST', action: 'drop-after-commit', times: 1 });
  await stage.control('POST', '/faults', { ...fault, method: 'GET', action: 'status', status: 503, times: 10_000 });
  await send('screens-unanswered', 'unknown');
}

/** The integration team's pages: an EHR that takes everything with two rows in trouble, and one that takes notes only. */
export async function integrationScenes(stage: Stage, camera: Camera): Promise<void> {
  await makeTrouble(stage);
  const frames = [{}, { theme: 'dark' }, { width: 768 }, { width: 400 }, { width: 400, theme: 'dark' }] as const;
  for (const frame of frames) {
    await camera.in(frame, async (page) => {
      await stage.enter(page, analyst);
      await camera.take(page, 'integration-connection');
      if ('theme' in frame) return;
      await page
        .getByRole('button', { name: /^Open feedback/ })
        .first()
        .click();
      await settled(page);
      await camera.take(page, 'integration-row');
      await page.getByRole('button', { name: 'Withdraw it' }).click();
      await page.getByRole('dialog').waitFor();
      await camera.take(page, 'integration-decision');
      await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
      await openTab(page, 'Ledger');
      await camera.take(page, 'integration-ledger');
    });
  }
  await camera.in({}, async (page) => {
    await stage.enter(page, { ...analyst, face: 'notes-only' });
    await camera.take(page, 'integration-notes-only');
  });
  await stage.control('DELETE', '/faults');
}
