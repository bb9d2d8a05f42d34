import type { Goal } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { fromAssignmentTask } from '../../../src/fhir/from-assignment-task.ts';
import { fromBarrierObservation } from '../../../src/fhir/from-barrier-observation.ts';
import { fromCarePlan } from '../../../src/fhir/from-care-plan.ts';
import { fromCommunication } from '../../../src/fhir/from-communication.ts';
import { fromDocumentReference } from '../../../src/fhir/from-document-reference.ts';
import { fromFlag } from '../../../src/fhir/from-flag.ts';
import { fromOccurrenceTask } from '../../../src/fhir/from-occurrence-task.ts';
import { fromQuestionnaireResponse } from '../../../src/fhir/from-questionnaire-response.ts';
import { projectSignal } from '../../../src/fhir/project-signal.ts';
import { relativeReferences } from '../../../src/fhir/relative-references.ts';
import { toAdherenceObservation } from '../../../src/fhir/to-adherence-observation.ts';
import { toAssignmentTask } from '../../../src/fhir/to-assignment-task.ts';
import { toBarrierObservation } from '../../../src/fhir/to-barrier-observation.ts';
import { toCarePlan } from '../../../src/fhir/to-care-plan.ts';
import { toCommunication } from '../../../src/fhir/to-communication.ts';
import { toDocumentReference } from '../../../src/fhir/to-document-reference.ts';
import { toFlag } from '../../../src/fhir/to-flag.ts';
import { toGoal } from '../../../src/fhir/to-goal.ts';
import { toOccurrenceTask } from '../../../src/fhir/to-occurrence-task.ts';
import { toQuestionnaireResponse } from '../../../src/fhir/to-questionnaire-response.ts';
import { toSafetyMessage } from '../../../src/fhir/to-safety-message.ts';
import { toSafetyNote } from '../../../src/fhir/to-safety-note.ts';
import { toSafetyReview } from '../../../src/fhir/to-safety-review.ts';
import { registeredKinds } from '../../../src/kinds/registry.ts';
import fc from '../../fast-check.ts';
import {
  adherenceOf,
  anywhere,
  assignmentOf,
  barrierOf,
  feedbackOf,
  logOf,
  occurrenceOf,
  planOf,
  planStateOf,
  reportOf,
  safetySignalOf,
} from './arbitraries.ts';
import { planChangesOf, stepChangesOf } from './arbitrary-changes.ts';
import { fromAdherenceObservation } from './from-adherence-observation.ts';
import { fromSafetyReview } from './from-safety-review.ts';
import { serverBase, withServerNoise } from './server-noise.ts';
import { testContext } from './test-context.ts';

/** As it comes over the wire. */
const wire = <T>(value: T): T => JSON.parse(JSON.stringify(value));
/** As a server gives it back, whose absolute references are read first. */
const asServed = <R extends { resourceType: string }>(resource: R): R =>
  relativeReferences(withServerNoise(resource), serverBase);
/** Lists in the domain that are sets: their order is lost where a server turns them around. */
const sets = new Set(['addresses', 'reasons', 'goals', 'members', 'withheld', 'linkIds', 'passages', 'of']);
const sorted = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (key, value) =>
    sets.has(key) && Array.isArray(value) ? value.map((entry) => JSON.stringify(entry)).sort() : value,
  );

const nothing = { occurrences: [], logs: [], barriers: [], feedback: [], reports: [], openSafetySignals: 0 };

const plan = planOf(anywhere);
const inPlan = <T>(of: (plan: Parameters<typeof assignmentOf>[0]) => fc.Arbitrary<T>) =>
  plan.chain((plan) => fc.tuple(fc.constant(plan), of(plan)));
const inAssignment = inPlan((plan) => assignmentOf(plan, anywhere));

describe('domain → FHIR → domain is the identity, as written and as a server gives it back', () => {
  test('plan and goals', () => {
    fc.assert(
      fc.property(planStateOf(anywhere), (state) => {
        const carePlan = toCarePlan(state, testContext);
        const goals: Goal[] = state.plan.goals.map((goal) => toGoal(goal, state.plan, testContext));
        expect(fromCarePlan(wire(carePlan), wire(goals))).toEqual(state.plan);
        expect(sorted(fromCarePlan(asServed(carePlan), goals.map(asServed)))).toEqual(sorted(state.plan));
      }),
    );
  });

  test('assignment', () => {
    fc.assert(
      fc.property(inAssignment, ([plan, assignment]) => {
        const task = toAssignmentTask(assignment, plan, testContext);
        expect(fromAssignmentTask(wire(task))).toEqual(assignment);
        expect(sorted(fromAssignmentTask(asServed(task)))).toEqual(sorted(assignment));
      }),
    );
  });

  test('a plan and a step that were changed while it ran: what they are, with a note of each change', () => {
    const changed = inAssignment.chain(([plan, step]) =>
      fc.record({
        ...{ plan: fc.constant(plan), step: fc.constant(step) },
        ...{ ofPlan: planChangesOf(plan.goals, anywhere), ofStep: stepChangesOf(anywhere) },
      }),
    );
    fc.assert(
      fc.property(changed, ({ plan, step, ofPlan, ofStep }) => {
        const task = toAssignmentTask({ ...step, changes: ofStep }, plan, testContext);
        expect(task.note?.map(({ time }) => new Date(time ?? '').toISOString())).toEqual(ofStep.map(({ at }) => at));
        expect(fromAssignmentTask(wire(task))).toEqual(step);
        expect(sorted(fromAssignmentTask(asServed(task)))).toEqual(sorted(step));
        const state = { ...nothing, plan: { ...plan, changes: ofPlan }, assignments: [step] };
        const carePlan = toCarePlan(state, testContext);
        const goals: Goal[] = plan.goals.map((goal) => toGoal(goal, plan, testContext));
        for (const { reason } of ofPlan)
          if (reason !== undefined)
            expect(carePlan.note?.some(({ text }) => text.endsWith(`Reason: ${reason}`))).toBe(true);
        expect(fromCarePlan(wire(carePlan), wire(goals))).toEqual(plan);
        expect(sorted(fromCarePlan(asServed(carePlan), goals.map(asServed)))).toEqual(sorted(plan));
      }),
    );
  });

  test('occurrence', () => {
    fc.assert(
      fc.property(
        inAssignment.chain((pair) => fc.tuple(fc.constant(pair), occurrenceOf(pair[1]))),
        ([[plan, assignment], occurrence]) => {
          const task = toOccurrenceTask(occurrence, { assignment, plan: plan }, testContext);
          expect(fromOccurrenceTask(wire(task))).toEqual(occurrence);
          expect(fromOccurrenceTask(asServed(task))).toEqual(occurrence);
        },
      ),
    );
  });

  test('log, in the full view', () => {
    fc.assert(
      fc.property(
        inAssignment.chain((pair) => fc.tuple(fc.constant(pair), logOf(pair[1], anywhere))),
        ([[plan, assignment], log]) => {
          const { questionnaire } = registeredKinds.version(assignment.questionnaire);
          const response = toQuestionnaireResponse(log, { plan: plan, view: 'full' }, testContext);
          expect(fromQuestionnaireResponse(wire(response), questionnaire)).toEqual(log);
          expect(sorted(fromQuestionnaireResponse(asServed(response), questionnaire))).toEqual(sorted(log));
        },
      ),
    );
  });

  test('adherence', () => {
    fc.assert(
      fc.property(inPlan(adherenceOf), ([plan, adherence]) => {
        const observation = toAdherenceObservation(adherence, plan, testContext);
        expect(fromAdherenceObservation(wire(observation))).toEqual(adherence);
        expect(fromAdherenceObservation(asServed(observation))).toEqual(adherence);
      }),
    );
  });

  test('barrier', () => {
    fc.assert(
      fc.property(
        inPlan((plan) => barrierOf(plan, anywhere)),
        ([plan, barrier]) => {
          const observation = toBarrierObservation(barrier, plan, testContext);
          expect(fromBarrierObservation(wire(observation))).toEqual(barrier);
          expect(fromBarrierObservation(asServed(observation))).toEqual(barrier);
        },
      ),
    );
  });

  test('feedback', () => {
    fc.assert(
      fc.property(
        inPlan((plan) => feedbackOf(plan, anywhere)),
        ([plan, feedback]) => {
          const communication = toCommunication(feedback, plan, testContext);
          expect(fromCommunication(wire(communication))).toEqual(feedback);
          expect(fromCommunication(asServed(communication))).toEqual(feedback);
        },
      ),
    );
  });

  test('report', () => {
    fc.assert(
      fc.property(
        inPlan((plan) => reportOf(plan, anywhere)),
        ([plan, report]) => {
          const note = toDocumentReference(report, plan, testContext);
          expect(fromDocumentReference(wire(note))).toEqual(report);
          expect(sorted(fromDocumentReference(asServed(note)))).toEqual(sorted(report));
        },
      ),
    );
  });
});

describe('a safety signal', () => {
  const signal = plan.chain((plan) => safetySignalOf(plan, anywhere));
  const context = {
    tenantName: 'Riverside',
    sensitivity: 'MH',
    timeZone: 'America/New_York',
    language: 'en-US',
  } as const;

  test('is in its Flag, whole, as written and as a server gives it back', () => {
    fc.assert(
      fc.property(signal, (safetySignal) => {
        const flag = toFlag(safetySignal, context);
        expect(fromFlag(wire(flag))).toEqual(safetySignal);
        expect(fromFlag(asServed(flag))).toEqual(safetySignal);
      }),
    );
  });

  test('is reviewed by a Task that says whose, since when, and how it ended', () => {
    fc.assert(
      fc.property(signal, (safetySignal) => {
        const { id, patientId, status, raisedAt, closedAt, closeReason } = safetySignal;
        const review = {
          ...{ id, patientId, status, raisedAt },
          ...(closedAt === undefined ? {} : { closedAt }),
          ...(closeReason === undefined ? {} : { closeReason }),
        };
        const task = toSafetyReview(safetySignal, context);
        expect(fromSafetyReview(wire(task))).toEqual(review);
        expect(fromSafetyReview(asServed(task))).toEqual(review);
      }),
    );
  });

  test('rings once: the message never changes, and says nothing of what was answered', () => {
    fc.assert(
      fc.property(signal, signal, (safetySignal, other) => {
        const { id, patientId, raisedAt } = safetySignal;
        const later = { ...other, id, patientId, raisedAt };
        expect(toSafetyMessage(later, context)).toEqual(toSafetyMessage(safetySignal, context));
      }),
    );
  });

  test('has a note that ends with its marker, and whose hash and size are those of its text', () => {
    fc.assert(
      fc.property(signal, (safetySignal) => {
        const attachment = toSafetyNote(safetySignal, context).content[0]?.attachment;
        const bytes = Buffer.from(attachment?.data ?? '', 'base64');
        expect(bytes.toString().split('\n').at(-1)).toBe(`[IS:${safetySignal.id}.note:v${safetySignal.version}]`);
        expect(attachment?.size).toBe(bytes.length);
        if (safetySignal.status === 'open') expect(bytes.toString()).toContain('OPEN. Please review it now');
      }),
    );
  });

  test('is labelled sensitive, and as nothing that the patient supplied', () => {
    fc.assert(
      fc.property(signal, (safetySignal) => {
        for (const { resource } of projectSignal(safetySignal, context)) {
          expect(resource.meta?.security?.map(({ code }) => code)).toEqual(['MH']);
          expect(resource.meta?.tag).toBeUndefined();
        }
      }),
    );
  });
});
