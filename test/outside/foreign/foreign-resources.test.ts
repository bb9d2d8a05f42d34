import { readdirSync, readFileSync } from 'node:fs';
import type { CarePlan, Observation, QuestionnaireResponse, Task } from 'fhir/r4';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fromAssignmentTask } from '../../../src/fhir/from-assignment-task.ts';
import { fromBarrierObservation } from '../../../src/fhir/from-barrier-observation.ts';
import { fromCarePlan } from '../../../src/fhir/from-care-plan.ts';
import { fromForeignTiming } from '../../../src/fhir/timing/from-foreign-timing.ts';
import { responseEndpoint } from '../../../src/record/use-cases/response-endpoint.ts';
import { refusedElement } from '../../fhir/refused-element.ts';
import { type Doors, openDoors, publicUrl } from '../../http/open-doors.ts';

/**
 * Resources in the shapes in which other products, guides and examples write them; each file says whose shape it is, and what is
 * read of it, or by which elements it is refused.
 */
const folder = new URL('./resources/', import.meta.url);
const shape = z.object({
  source: z.string(),
  /** The step whose form a response answers. */
  step: z.string().optional(),
  /** It is read as a whole, not its Timing alone. */
  whole: z.boolean().optional(),
  resource: z.custom<QuestionnaireResponse | CarePlan | Task | Observation>(),
  read: z.record(z.string(), z.unknown()).optional(),
  schedule: z.unknown().optional(),
  refused: z.array(z.string()).optional(),
});
const files = readdirSync(folder)
  .sort()
  .map((name) => ({ name, ...shape.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))) }));

it('are thirty at least, each with what it is read as or what it is refused by', () => {
  expect(files.length).toBeGreaterThanOrEqual(30);
  for (const { name, read, schedule, refused } of files)
    expect([name, [read, schedule, refused].filter((expected) => expected !== undefined)]).toEqual([
      name,
      [expect.anything()],
    ]);
});

describe('what a form filler sends', () => {
  const responses = files.flatMap(({ resource, step, ...file }) =>
    resource.resourceType === 'QuestionnaireResponse' && step !== undefined ? [{ ...file, step, resource }] : [],
  );
  let doors: Doors;
  let token: string;
  let serial = 0;
  beforeAll(async () => {
    doors = await openDoors();
  });
  beforeEach(async () => {
    doors.test.setTime('2026-03-02T16:00:00.000Z');
    token = await doors.token('north');
  });
  afterAll(() => doors.close());

  const planned = z.looseObject({
    assignments: z.tuple([z.looseObject({ questionnaire: z.string() })]),
    occurrences: z.tuple([z.looseObject({ id: z.string() })]),
  });
  const made = z.looseObject({ id: z.string() });
  const log = z.looseObject({ logs: z.array(z.looseObject({ answers: z.record(z.string(), z.unknown()) })) });
  const outcome = z.looseObject({ issue: z.array(z.looseObject({ expression: z.array(z.string()) })) });

  it.each(responses.map((file) => [file.name, file] as const))(
    '%s',
    async (_name, { step, resource, read, refused }) => {
      serial += 1;
      const schedule = { type: 'once', by: '2026-03-30' };
      const assignments = [{ key: 'a', kind: step, title: step, schedule, unlock: { type: 'at-start' } }];
      const body = { sourceId: `foreign-${serial}`, patientId: `p-${serial}`, title: step, assignments, goals: [] };
      const plan = await doors.call('POST', '/api/v1/plans', { token, body });
      expect(plan.status, plan.text).toBe(201);
      const { assignments: steps, occurrences } = planned.parse(plan.body);
      const url = responseEndpoint(doors.test.record, 'north', occurrences[0].id);
      // a form with parts of the plan's own has a name of its own
      const raw = JSON.stringify(resource).replace('{asked}', steps[0].questionnaire);
      const headers = { 'content-type': 'application/fhir+json' };
      const answer = await doors.call('POST', url.slice(publicUrl.length), { raw, headers });
      if (read !== undefined) {
        expect(answer.status, answer.text.slice(0, 800)).toBe(201);
        const { id } = z.object({ plan: made }).parse(plan.body).plan;
        const stands = log.parse((await doors.call('GET', `/api/v1/plans/${id}`, { token })).body);
        expect(stands.logs.map(({ answers }) => answers)).toMatchObject([read]);
        return;
      }
      expect([answer.status, answer.text.slice(0, 800)]).toEqual([expect.toBeOneOf([400, 422]), expect.anything()]);
      expect(outcome.parse(answer.body).issue.flatMap(({ expression }) => expression)).toEqual(refused);
    },
  );
});

describe('a care plan’s Timing', () => {
  const timed = files.flatMap(({ resource, whole, ...file }) =>
    resource.resourceType === 'CarePlan' && whole !== true ? [{ ...file, resource }] : [],
  );
  it.each(timed.map((file) => [file.name, file] as const))('%s', (_name, { resource, schedule, refused }) => {
    const path = 'CarePlan.activity[0].detail.scheduledTiming';
    const timing = resource.activity?.[0]?.detail?.scheduledTiming ?? {};
    const reader = { path, timeZone: 'America/New_York', start: resource.period?.start ?? '' };
    if (schedule !== undefined) expect(fromForeignTiming(timing, reader)).toEqual(schedule);
    else expect([refusedElement(() => fromForeignTiming(timing, reader))?.path]).toEqual(refused);
  });
});

describe('what is nothing of ours', () => {
  const others = files.filter(
    ({ step, whole, resource }) => step === undefined && (whole === true || resource.resourceType !== 'CarePlan'),
  );
  it.each(others.map((file) => [file.name, file] as const))('%s', (_name, { resource, refused }) => {
    const read = () => {
      switch (resource.resourceType) {
        case 'Task':
          return fromAssignmentTask(resource);
        case 'CarePlan':
          return fromCarePlan(resource, []);
        case 'Observation':
          return fromBarrierObservation(resource);
        case 'QuestionnaireResponse':
          return undefined;
      }
    };
    expect([refusedElement(read)?.path]).toEqual(refused);
  });
});
