import { expect } from 'vitest';
import { compareSarah } from '../oracle/compare-sarah.ts';
import type { House } from './house.ts';

/** What must hold after any death: nothing lost, nothing doubled, all as the worked case says. */
export async function expectWhole(built: House, face: 'native' | 'notes-only'): Promise<void> {
  const creates = built.commits().filter((line) => line.face === face && line.interaction === 'create');
  const times = Map.groupBy(creates, (line) => line.identifier ?? `${line.type}/${line.id}`);
  expect([...times].filter(([, lines]) => lines.length !== 1).map(([identifier]) => identifier)).toEqual([]);
  expect(
    await compareSarah({ base: `http://127.0.0.1:${built.port + 1}/fhir/${face}`, dataDir: built.dataDir, face }),
  ).toEqual([]);
}
