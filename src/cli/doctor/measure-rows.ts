import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { adherenceCode } from '../../landing/ways/observation-ways.ts';

const systemSchema = z.looseObject({
  concept: z.array(z.looseObject({ code: z.string(), display: z.string(), definition: z.string() })),
});

/** Our codes that could stand in the chart as an Observation, with their definitions: every measure, and adherence. */
export function measureRows(): { code: string; display: string; definition: string }[] {
  const adherence = conceptsOf('homework').filter(({ code }) => code === adherenceCode);
  return [...conceptsOf('measure'), ...adherence].map(({ code, display, definition }) => ({
    code,
    display,
    definition,
  }));
}

function conceptsOf(name: string) {
  const folder = resolve(import.meta.dirname, '../../../profiles/fsh-generated/resources');
  return systemSchema.parse(JSON.parse(readFileSync(resolve(folder, `CodeSystem-${name}.json`), 'utf8'))).concept;
}
