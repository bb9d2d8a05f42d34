import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectPlan } from '../../src/fhir/project-plan.ts';
import { registeredKinds } from '../../src/kinds/registry.ts';
import fc from '../fast-check.ts';
import { lawfulStateOf } from '../fhir/mapping/lawful-state.ts';
import { testContext } from '../fhir/mapping/test-context.ts';
import { ourDefinitions } from './our-definitions.ts';
import { failures, validate } from './validator.ts';

/** Plans, each with a step, an occurrence and a log of the kind; the whole run has 1,000: `RESOURCES_PER_KIND=1000`. */
const perKind = Number(process.env.RESOURCES_PER_KIND ?? 1);
const seed = Number(process.env.TEST_SEED ?? Date.now() % 100_000);

let work: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'random-resources-'));
});
afterAll(() => rmSync(work, { recursive: true }));

test(`${perKind} generated plans, steps, occurrences and logs of each kind are what our profiles say`, async () => {
  const forms = join(work, 'forms');
  const examples = join(work, 'examples');
  for (const folder of [forms, examples]) mkdirSync(folder);
  let count = 0;
  for (const [ofKind, version] of registeredKinds.versions.entries()) {
    const { kind, questionnaire } = version;
    const name = `${kind.slug}-${questionnaire.version}`;
    writeFileSync(join(forms, `${name}.json`), JSON.stringify(questionnaire));
    for (const [at, state] of fc.sample(lawfulStateOf(version), { numRuns: perKind, seed: seed + ofKind }).entries()) {
      for (const { resource } of projectPlan(undefined, state, testContext)) {
        count += 1;
        const file = `${name}.${at}.${resource.resourceType}.${count}.json`;
        writeFileSync(join(examples, file), JSON.stringify(resource));
      }
    }
  }
  process.stdout.write(`${count} generated resources, seed ${seed}\n`);
  const reports = await validate({ definitions: [...ourDefinitions, forms], examples: [examples] });
  expect(reports).toHaveLength(count);
  expect(failures(reports)).toEqual([]);
});
