import type { Bundle, FhirResource, Observation, QuestionnaireResponse, Task } from 'fhir/r4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planViewShape } from '../../src/contract/plan-view.ts';
import { keepNextVisits } from '../../src/record/patient/keep-next-visits.ts';
import { sweepPlans } from '../../src/record/use-cases/sweep-plans.ts';
import fc from '../fast-check.ts';
import { anySchedule } from '../homework/plan/any-schedule.ts';
import { zones } from '../homework/schedule/any-series.ts';
import { type Counted, countFromFhir, type Held, readAdherences } from '../oracle/count-from-fhir.ts';
import { type Doors, openDoors } from './open-doors.ts';
import { readPages } from './read-pages.ts';

/** How many plans live through six weeks together. */
const plans = Number(process.env.FHIR_PLANS ?? 5);
const begins = Date.parse('2026-03-01T15:00:00.000Z');
const hourMs = 3_600_000;

const act = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      ...{ type: fc.constant('log' as const), hoursAgo: fc.oneof(fc.nat({ max: 8 }), fc.nat({ max: 60 })) },
      status: fc.constantFrom('completed' as const, 'completed' as const, 'completed' as const, 'stopped' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('move' as const),
      event: fc.constantFrom('pause', 'resume', 'resume', 'seen', 'agree', 'mistake'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constantFrom('withdraw' as const, 'stop' as const) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('excuse' as const), which: fc.nat({ max: 30 }) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('session' as const) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('visit' as const), hours: fc.nat({ max: 240 }) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('off' as const), from: fc.nat({ max: 5 }) }) },
);
const step = fc.record({
  ...{ schedule: anySchedule, standing: fc.constantFrom(false, false, true), graceDays: fc.constantFrom(0, 1, 3) },
});
const given = fc.record({
  ...{ zone: fc.constantFrom(...zones), steps: fc.array(step, { minLength: 2, maxLength: 4 }) },
  acts: fc.array(fc.record({ act, step: fc.nat({ max: 11 }) }), { minLength: 24, maxLength: 24 }),
});
type Given = typeof given extends fc.Arbitrary<infer T> ? T : never;
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

let doors: Doors;
let token = '';
beforeAll(async () => {
  doors = await openDoors();
}, 240_000);
afterAll(() => doors.close());

const api = (method: string, path: string, body?: Record<string, unknown>) =>
  doors.call(method, `/api/v1${path}`, { token, ...(body === undefined ? {} : { body }) });

interface Made {
  readonly planId: string;
  readonly patientId: string;
  readonly steps: readonly string[];
}

async function make(patientId: string, { zone, steps }: Given): Promise<Made | undefined> {
  const assignments = steps.map(({ schedule, standing, graceDays }, index) => ({
    ...{ key: `${index + 1}`, kind: 'self-monitoring', title: `Step ${index + 1}`, schedule, standing },
    ...{ unlock: { type: 'at-start' }, lateGraceHours: graceDays * 24 },
  }));
  const period = { start: '2026-03-01', end: '2026-04-14' };
  const answer = await api('POST', '/plans', { patientId, title: 'All sorts', timeZone: zone, period, assignments });
  if (answer.status !== 201) return undefined;
  const view = planViewShape.parse(answer.body);
  return { planId: view.plan.id, patientId, steps: view.assignments.map(({ id }) => id) };
}

/** What is refused does not happen: only what the endpoint answers is judged. */
async function perform(made: Made, next: Act, which: number, now: number): Promise<void> {
  const id = made.steps[which % made.steps.length] ?? '';
  const actor = 'Practitioner/17';
  const moves = (body: Record<string, unknown>) => api('POST', `/assignments/${id}/moves`, body);
  switch (next.type) {
    case 'log': {
      const performedAt = new Date(Math.max(begins, now - next.hoursAgo * hourMs)).toISOString();
      const { status } = next;
      return keep(
        await api('POST', `/assignments/${id}/logs`, { performedAt, status, answers: { situation: 'At work' } }),
      );
    }
    case 'move':
      return keep(await moves({ event: next.event }));
    case 'withdraw':
      return keep(await moves({ event: 'withdraw', actor, reason: 'Not now' }));
    case 'stop':
      return keep(await moves({ event: 'stop', barrier: { code: 'fear' } }));
    case 'session':
      return keep(await api('POST', `/assignments/${id}/sessions`));
    case 'excuse': {
      const { tasks } = await hold(made.patientId);
      const times = tasks.filter(({ partOf }) => partOf?.[0]?.reference === `Task/${id}`);
      const time = times[next.which % Math.max(1, times.length)];
      return keep(await api('POST', `/occurrences/${time?.id ?? 'none'}/excuse`, { reason: 'Away' }));
    }
    case 'visit': {
      const at = new Date(now + next.hours * hourMs).toISOString();
      await keepNextVisits(doors.test.record, 'north', new Map([[made.patientId, at]]));
      return;
    }
    case 'off': {
      const view = planViewShape.parse((await api('GET', `/plans/${made.planId}`)).body);
      const day = (ahead: number) => new Date(now + ahead * 24 * hourMs).toISOString().slice(0, 10);
      const daysOff = [{ from: day(next.from), to: day(next.from + 3) }];
      return keep(await api('PATCH', `/plans/${made.planId}`, { basedOn: view.plan.revision ?? 1, actor, daysOff }));
    }
  }
}

const answered = new Map<number, number>();
function keep({ status, text }: { readonly status: number; readonly text: string }): void {
  answered.set(status, (answered.get(status) ?? 0) + 1);
  expect(status, text).toBeLessThan(500);
}

/** All pages of a search. */
async function pages<R extends FhirResource>(type: R['resourceType'], patient: string): Promise<R[]> {
  const get = (path: string) => doors.call('GET', path, { token });
  const read = await readPages(get, `/fhir/north/${type}?patient=${patient}&_count=50`);
  return read.flatMap(({ status, text }) => {
    expect(status, text).toBe(200);
    const bundle: Bundle<R> = JSON.parse(text);
    return (bundle.entry ?? []).flatMap(({ resource }) => (resource?.resourceType === type ? [resource] : []));
  });
}

async function hold(patient: string): Promise<Held> {
  return {
    tasks: await pages<Task>('Task', patient),
    responses: await pages<QuestionnaireResponse>('QuestionnaireResponse', patient),
    observations: await pages<Observation>('Observation', patient),
  };
}

/** The API's own figures, by what they are of. */
async function told(planId: string): Promise<ReadonlyMap<string, Counted>> {
  const { adherence } = planViewShape.parse((await api('GET', `/plans/${planId}`)).body);
  return new Map(
    [adherence.plan, ...adherence.assignments].map(({ assignmentId, counts, percent, onTimePercent }) => {
      const { onTime, adHoc, done: _sum, ...rest } = counts;
      const key = assignmentId === undefined ? `CarePlan/${planId}` : `Task/${assignmentId}`;
      return [key, { counts: { ...rest, 'on-time': onTime, 'ad-hoc': adHoc }, percent, onTimePercent }];
    }),
  );
}

describe('adherence, counted again from our FHIR endpoint alone', () => {
  it(`is what the service says, in ${plans} plans of all schedules through six weeks`, {
    timeout: 1_200_000,
  }, async () => {
    const population = fc.sample(given, { numRuns: plans });
    token = await doors.token('north');
    const made: (Made & { acts: Given['acts'] })[] = [];
    for (const [index, one] of population.entries()) {
      const plan = await make(`patient-${index}`, one);
      if (plan !== undefined) made.push({ ...plan, acts: one.acts });
    }
    expect(made.length).toBeGreaterThan(plans / 2);
    let compared = 0;
    const total = { due: 0, late: 0, missed: 0, excused: 0, beside: 0 };
    for (let round = 0; round < 24; round += 1) {
      // 43 hours, so that each hour of the day is come upon, over both changes of the clock
      const now = begins + (round + 1) * 43 * hourMs;
      doors.test.setTime(new Date(now).toISOString());
      token = await doors.token('north');
      expect((await sweepPlans(doors.test.record)).failed).toEqual([]);
      for (const plan of made) {
        const next = plan.acts[round];
        if (next !== undefined) await perform(plan, next.act, next.step, now);
      }
      if (round % 6 !== 5) continue;
      for (const { planId, patientId } of made) {
        const held = await hold(patientId);
        const counted = countFromFhir(held, new Date(now).toISOString());
        const said = readAdherences(held);
        expect([...said.keys()].toSorted()).toEqual([...counted.keys()].toSorted());
        for (const [of, one] of said) expect({ of, ...one }).toEqual({ of, ...counted.get(of) });
        for (const [of, one] of await told(planId)) expect({ of, ...one }).toEqual({ of, ...counted.get(of) });
        const { counts } = counted.get(`CarePlan/${planId}`) ?? {};
        total.due += counts?.due ?? 0;
        total.late += counts?.late ?? 0;
        total.missed += counts?.missed ?? 0;
        total.excused += counts?.excused ?? 0;
        total.beside += (counts?.extra ?? 0) + (counts?.['ad-hoc'] ?? 0);
        compared += said.size;
      }
    }
    expect(compared).toBeGreaterThan(plans * 8);
    // nobody agrees about nothing
    const taken = (answered.get(200) ?? 0) + (answered.get(201) ?? 0);
    expect(taken, JSON.stringify([...answered])).toBeGreaterThan(plans * 8);
    for (const [what, count] of Object.entries(total)) expect(count, what).toBeGreaterThan(0);
  });
});
