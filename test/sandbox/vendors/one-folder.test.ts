import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSimulator } from '../../simulators/open-simulator.ts';
import { note } from '../../simulators/sarahs-things.ts';
import { personToken, sender } from '../../simulators/simulator-client.ts';
import { type Json, readLines } from '../open-sandbox.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vendors-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Files a note at a vendor. @returns its id, the vendor's own commits, and what a read of another id answers */
async function fileAt(vendor: string, elsewhere = 'none') {
  const { simulator, service, close } = await openSimulator(vendor, folder);
  try {
    const token = await personToken(simulator, service, { user: 'Practitioner/dr-okafor', patient: 'sarah' });
    const send = sender(simulator, token);
    const { body } = await send('POST', '/DocumentReference', note());
    const other = await send('GET', `/DocumentReference/${elsewhere}`);
    return { id: String(body.id), own: simulator.commits(), other: other.status };
  } finally {
    await close();
  }
}

it('keeps the records and commit lines of two vendors in one folder apart', async () => {
  const epic = await fileAt('epic');
  const veradigm = await fileAt('veradigm', epic.id);
  expect(veradigm.other).toBe(404);
  expect([epic.own, veradigm.own].map((lines) => lines.map(({ id }) => id))).toEqual([[epic.id], [veradigm.id]]);
  const lines: Json[] = readLines(join(folder, 'sandbox/commits.ndjson'));
  expect(lines.map(({ face, id }) => [face, id])).toEqual([
    ['epic', epic.id],
    ['veradigm', veradigm.id],
  ]);
});
