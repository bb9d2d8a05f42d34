import { randomInt, randomUUID } from 'node:crypto';
import type { Bundle, FhirResource, Goal } from 'fhir/r4';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromAssignmentTask } from '../../src/fhir/from-assignment-task.ts';
import { fromBarrierObservation } from '../../src/fhir/from-barrier-observation.ts';
import { fromCarePlan } from '../../src/fhir/from-care-plan.ts';
import { fromCommunication } from '../../src/fhir/from-communication.ts';
import { fromDocumentReference } from '../../src/fhir/from-document-reference.ts';
import { fromGoal } from '../../src/fhir/from-goal.ts';
import { fromOccurrenceTask } from '../../src/fhir/from-occurrence-task.ts';
import { fromQuestionnaireResponse } from '../../src/fhir/from-questionnaire-response.ts';
import { toAdherenceObservation } from '../../src/fhir/to-adherence-observation.ts';
import { toAssignmentTask } from '../../src/fhir/to-assignment-task.ts';
import { toBarrierObservation } from '../../src/fhir/to-barrier-observation.ts';
import { toCarePlan } from '../../src/fhir/to-care-plan.ts';
import { toCommunication } from '../../src/fhir/to-communication.ts';
import { toDocumentReference } from '../../src/fhir/to-document-reference.ts';
import { toGoal } from '../../src/fhir/to-goal.ts';
import { toOccurrenceTask } from '../../src/fhir/to-occurrence-task.ts';
import { toQuestionnaireResponse } from '../../src/fhir/to-questionnaire-response.ts';
import type { Adherence, PlanState } from '../../src/homework/model.ts';
import { registeredKinds } from '../../src/kinds/registry.ts';
import { seed } from '../../src/sandbox/seed/seed-face.ts';
import fc from '../fast-check.ts';
import { adherenceOf, planStateOf, type Surroundings } from '../fhir/mapping/arbitraries.ts';
import { fromAdherenceObservation } from '../fhir/mapping/from-adherence-observation.ts';
import { testContext } from '../fhir/mapping/test-context.ts';
import { type Hapi, startHapi } from './hapi.ts';
import { seedHapi } from './seed-hapi.ts';

// domain → FHIR → stored by HAPI under its own ids, its own meta, our references turned into its → domain.
let hapi: Hapi;
beforeAll(async () => {
  hapi = await startHapi();
  await seedHapi(hapi.base);
});
afterAll(() => hapi?.close());

/** What stands in that server already: it refuses references to anything else. */
function ofSeed(type: string): fc.Arbitrary<string> {
  return fc.constantFrom(...seed.filter(({ resourceType }) => resourceType === type).map(({ id }) => `${id}`));
}
const referenceOfSeed = (type: string) => ofSeed(type).map((id) => `${type}/${id}`);
const inHapi: Surroundings = {
  patientId: ofSeed('Patient'),
  practitioner: referenceOfSeed('Practitioner'),
  relatedPerson: referenceOfSeed('RelatedPerson'),
  condition: referenceOfSeed('Condition'),
  encounter: referenceOfSeed('Encounter'),
  goal: referenceOfSeed('Goal'),
};

interface Case {
  state: PlanState;
  adherences: Adherence[];
}
const cases: fc.Arbitrary<Case> = planStateOf(inHapi).chain((state) =>
  fc.record({
    state: fc.constant(connected(state)),
    adherences: fc
      .tuple(adherenceOf(state.plan), adherenceOf(state.plan))
      .map(([{ assignmentId: _, ...ofPlan }, ofStep]) => [
        ofPlan,
        { ...ofStep, assignmentId: state.assignments[0]?.id ?? '' },
      ]),
  }),
);

/** The same, its parts pointing at each other wherever they point at something; generated ones point into the void. */
function connected(state: PlanState): PlanState {
  const { assignments, occurrences, logs, barriers, feedback } = state;
  const to = <K extends string>(key: K, owner: { readonly [k in K]?: string | undefined }, target?: { id: string }) =>
    owner[key] === undefined || target === undefined ? {} : { [key]: target.id };
  return {
    ...state,
    occurrences: occurrences.map((occurrence, at) => ({ ...occurrence, ...to('logId', occurrence, logs[at]) })),
    logs: logs.map((log, at) => ({ ...log, ...to('occurrenceId', log, occurrences[at]) })),
    barriers: barriers.map((barrier) => ({ ...barrier, ...to('assignmentId', barrier, assignments[0]) })),
    feedback: feedback.map((entry, at) => ({
      ...entry,
      ...to('assignmentId', entry, assignments[0]),
      ...to('logId', entry, logs[0]),
      // The first answers a message that this server does not hold.
      ...(at === 0 ? {} : to('inResponseTo', entry, feedback[at - 1])),
    })),
  };
}

/** A domain value, the resource made of it, and how to read it back. */
interface Told {
  value: unknown;
  resource: FhirResource;
  read: (stored: FhirResource, goals: Goal[]) => unknown;
}

function told<R extends FhirResource>(value: unknown, resource: R, read: (stored: R, goals: Goal[]) => unknown): Told {
  return { value, resource, read: (stored, goals) => read(stored as R, goals) };
}

function tell({ state, adherences }: Case): Told[] {
  const { plan, assignments } = state;
  const context = { ...testContext, adherences };
  const assignmentOf = (id: string) => {
    const found = assignments.find((assignment) => assignment.id === id);
    if (found === undefined) throw new Error(`no assignment ${id}`);
    return found;
  };
  return [
    told(plan, toCarePlan(state, context), fromCarePlan),
    ...plan.goals.map((goal) => told(goal, toGoal(goal, plan, context), fromGoal)),
    ...assignments.map((assignment) =>
      told(assignment, toAssignmentTask(assignment, plan, context), fromAssignmentTask),
    ),
    ...state.occurrences.map((occurrence) => {
      const assignment = assignmentOf(occurrence.assignmentId);
      return told(occurrence, toOccurrenceTask(occurrence, { assignment, plan }, context), fromOccurrenceTask);
    }),
    ...state.logs.map((log) => {
      const { questionnaire } = registeredKinds.version(log.questionnaire);
      return told(log, toQuestionnaireResponse(log, { plan, view: 'full' }, context), (stored) =>
        fromQuestionnaireResponse(stored, questionnaire),
      );
    }),
    ...adherences.map((adherence) =>
      told(adherence, toAdherenceObservation(adherence, plan, context), fromAdherenceObservation),
    ),
    ...state.barriers.map((barrier) =>
      told(barrier, toBarrierObservation(barrier, plan, context), fromBarrierObservation),
    ),
    ...state.feedback.map((feedback) => told(feedback, toCommunication(feedback, plan, context), fromCommunication)),
    ...state.reports.map((report) => told(report, toDocumentReference(report, plan, context), fromDocumentReference)),
  ];
}

const nameOf = ({ resourceType, id }: FhirResource): string => `${resourceType}/${id}`;
const ours = /^(CarePlan|Task|QuestionnaireResponse|Observation|Communication|DocumentReference|Goal)\//;

/** Posts all of them in one transaction, and reads each as it then stands, in the same order. */
async function store(resources: FhirResource[]): Promise<FhirResource[]> {
  const urns = new Map(resources.map((resource) => [nameOf(resource), `urn:uuid:${randomUUID()}`]));
  const entry = resources.map((resource) => {
    const { id: _, ...posted } = JSON.parse(JSON.stringify(resource), (key, value: unknown) => {
      if (key !== 'reference' || typeof value !== 'string' || !ours.test(value)) return value;
      // What this server doesn't hold is named by its identifier alone.
      return urns.get(value);
    });
    return {
      fullUrl: urns.get(nameOf(resource)),
      resource: posted,
      request: { method: 'POST', url: resource.resourceType },
    };
  });
  const answer = await call<Bundle>('', { resourceType: 'Bundle', type: 'transaction', entry });
  const locations = (answer.entry ?? []).map(({ response }) => response?.location?.split('/_history/')[0] ?? '');
  expect(locations).toHaveLength(resources.length);
  return Promise.all(locations.map((location) => call<FhirResource>(`/${location}`)));
}

async function call<T>(path: string, body?: object): Promise<T> {
  const headers = { 'content-type': 'application/fhir+json' };
  const post = body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) };
  const response = await fetch(`${hapi.base}${path}`, post);
  const text = await response.text();
  if (!response.ok) throw new Error(`${path} was answered with ${response.status}: ${text.slice(0, 2000)}`);
  return JSON.parse(text) as T;
}

/** Every literal reference in a resource. */
function literals(resource: FhirResource): string[] {
  const found: string[] = [];
  JSON.stringify(resource, (key, value: unknown) => {
    if (key === 'reference' && typeof value === 'string') found.push(value);
    return value;
  });
  return found;
}

test('what HAPI has stored is read back as what was told', async () => {
  const seedOfRun = randomInt(2 ** 31);
  process.stdout.write(`round trip through HAPI: fast-check seed ${seedOfRun}\n`);
  await fc.assert(
    fc.asyncProperty(cases, async (entry) => {
      const written = tell(entry);
      const stored = await store(written.map(({ resource }) => resource));
      const names = new Set(stored.map(nameOf));
      const goals = stored.filter((resource) => resource.resourceType === 'Goal');
      for (const [at, { value, resource, read }] of written.entries()) {
        const kept = stored[at];
        if (kept === undefined) throw new Error(`${nameOf(resource)} was not kept`);
        expect(nameOf(kept)).not.toBe(nameOf(resource));
        expect(kept.meta?.profile).toEqual(resource.meta?.profile);
        const dangling = literals(kept).filter((reference) => ours.test(reference) && !names.has(reference));
        expect(dangling).toEqual([]);
        expect(read(kept, goals)).toEqual(value);
      }
    }),
    // Each run of a shrink is a transaction: the seed is enough to find it again.
    { seed: seedOfRun, numRuns: 20, endOnFailure: true },
  );
});
