import type { Observation, QuestionnaireResponse, Task } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { withDependants } from '../../../src/fhir/answers/with-dependants.ts';
import { projectPlan } from '../../../src/fhir/project-plan.ts';
import type { ProjectedResource } from '../../../src/fhir/projected-resource.ts';
import type { AnswerItem, Barrier, Log, PlanState } from '../../../src/homework/model.ts';
import fc from '../../fast-check.ts';
import { adherenceOf, anywhere, planStateOf } from './arbitraries.ts';
import { testContext } from './test-context.ts';

const assignmentId = '7d0c9c0e-0000-4000-8000-00000000000a';
const planId = '7d0c9c0e-0000-4000-8000-000000000001';
const questionnaire = 'https://intersession.dev/fhir/Questionnaire/self-monitoring|1.0.0';
const number = (linkId: string, value: number): AnswerItem => ({
  linkId,
  answers: [{ type: 'integer', value }],
  items: [],
});

const log: Log = {
  id: '7d0c9c0e-0000-4000-8000-00000000000c',
  planId,
  assignmentId,
  patientId: 'sarah',
  occurrenceId: `${assignmentId}.1`,
  resolution: 'resolved',
  questionnaire,
  status: 'completed',
  performedAt: '2026-03-09T14:00:00.000Z',
  authored: '2026-03-09T14:20:00.000Z',
  source: { type: 'patient' },
  items: [
    { linkId: 'situation', answers: [{ type: 'string', value: 'the team meeting' }], items: [] },
    number('belief-before', 90),
    number('belief-after', 85),
  ],
  withheld: [],
};

const barrier: Barrier = {
  id: '7d0c9c0e-0000-4000-8000-00000000000d',
  planId,
  patientId: 'sarah',
  code: 'fear',
  saidBy: 'patient',
  recordedAt: '2026-03-09T15:00:00.000Z',
};

const state: PlanState = {
  plan: {
    id: planId,
    patientId: 'sarah',
    title: 'Speaking up',
    status: 'active',
    timeZone: 'America/New_York',
    language: 'en-US',
    period: { start: '2026-03-01' },
    createdAt: '2026-03-01T15:00:00.000Z',
    addresses: [],
    goals: [{ id: '7d0c9c0e-0000-4000-8000-00000000000e', description: 'Say what I have to say' }],
  },
  assignments: [
    {
      id: assignmentId,
      planId,
      patientId: 'sarah',
      key: '1',
      step: 1,
      kind: 'self-monitoring',
      title: 'Notice',
      questionnaire,
      status: 'in-progress',
      businessStatus: 'logging',
      schedules: [{ schedule: { type: 'once', by: '2026-03-13' }, from: '2026-03-01T15:00:00.000Z' }],
      pauses: [],
      unlock: { type: 'at-start' },
      lateGraceHours: 24,
      authoredOn: '2026-03-01T15:00:00.000Z',
      lastModified: '2026-03-09T14:20:00.000Z',
      reasons: [],
    },
  ],
  occurrences: [
    {
      id: `${assignmentId}.1`,
      assignmentId,
      planId,
      patientId: 'sarah',
      ordinal: 1,
      status: 'done',
      openedAt: '2026-03-01T15:00:00.000Z',
      dueUntil: '2026-03-14T08:00:00.000Z',
      lateUntil: '2026-03-15T08:00:00.000Z',
      logId: log.id,
      lastModified: '2026-03-09T14:20:00.000Z',
    },
  ],
  logs: [log],
  barriers: [barrier],
  feedback: [],
  reports: [],
  openSafetySignals: 0,
};
const counts = { expected: 1, due: 1, done: 1, onTime: 1, late: 0, missed: 0, open: 0, excused: 0, adHoc: 0, extra: 0 };
const context = {
  ...testContext,
  adherences: [
    {
      planId,
      assignmentId,
      patientId: 'sarah',
      from: '2026-03-01T15:00:00.000Z',
      to: '2026-03-09T14:20:00.000Z',
      status: 'preliminary' as const,
      counts,
      percent: 100,
      onTimePercent: 100,
    },
  ],
};

const names = (projected: readonly ProjectedResource[]) =>
  projected.map(({ artefact, id, groupId }) => `${artefact} ${id} in ${groupId}`);
const find = <R extends ProjectedResource['resource']>(
  projected: readonly ProjectedResource[],
  resourceType: R['resourceType'],
  id: string,
): R => {
  const found = projected.find(({ resource }) => resource.resourceType === resourceType && resource.id === id);
  if (found === undefined) throw new Error(`There is no ${resourceType}/${id}`);
  return found.resource as R;
};

describe('projectPlan', () => {
  test("writes times with the offset that the patient's clock had then", () => {
    const projected = projectPlan(undefined, state, context);
    expect(find<Task>(projected, 'Task', assignmentId).authoredOn).toBe('2026-03-01T10:00:00-05:00');
    expect(find<QuestionnaireResponse>(projected, 'QuestionnaireResponse', log.id).authored).toBe(
      '2026-03-09T10:20:00-04:00',
    );
    expect(find<Observation>(projected, 'Observation', `${log.id}.belief-after`)).toMatchObject({
      effectiveDateTime: '2026-03-09T10:00:00-04:00',
      issued: '2026-03-09T10:20:00-04:00',
      valueQuantity: { value: 85, code: '%' },
    });
  });

  test('amends a changed measure, and keeps a cleared one as entered in error', () => {
    const before = projectPlan(undefined, state, context).flatMap(({ resource }) =>
      resource.resourceType === 'Observation' && resource.derivedFrom ? [resource] : [],
    );
    const amended: Log = {
      ...log,
      status: 'amended',
      items: [log.items[0] ?? number('x', 0), number('belief-after', 80)],
    };
    const after = projectPlan(state, { ...state, logs: [amended] }, { ...context, previousMeasures: () => before });
    expect(find<Observation>(after, 'Observation', `${log.id}.belief-after`)).toMatchObject({
      status: 'amended',
      valueQuantity: { value: 80 },
    });
    expect(find<Observation>(after, 'Observation', `${log.id}.belief-before`).status).toBe('entered-in-error');
  });

  test('labels what the patient supplied, and masks and labels what is withheld', () => {
    const withheld = { ...state, logs: [{ ...log, withheld: ['situation', 'belief-after'] }] };
    const projected = projectPlan(undefined, withheld, context);
    const response = find<QuestionnaireResponse>(projected, 'QuestionnaireResponse', log.id);
    expect(response.meta?.security?.map(({ code }) => code)).toEqual(['MH', 'REDACTED', 'PATAST']);
    expect(response.meta?.tag?.map(({ code }) => code)).toEqual(['patient-supplied']);
    expect(names(projected)).not.toContain(`measure ${log.id}.belief-after in log:${log.id}`);
    expect(find(projected, 'Observation', `${assignmentId}.adherence`).meta?.tag).toBeUndefined();
  });

  test('never shows withheld words in a log or its measures', () => {
    interface Said {
      readonly word: string;
      readonly hidden: boolean;
    }
    /** A withheld group hides all inside it; below a withheld question stands an answer of its own. */
    const said = (items: readonly AnswerItem[], withheld: readonly string[], inside = false): Said[] =>
      items.flatMap((item) => {
        const hidden = inside || withheld.includes(item.linkId);
        const own = item.answers.flatMap((answer) =>
          answer.type === 'string' ? [{ word: answer.value, hidden }] : [],
        );
        return [...own, ...said(item.items, withheld, hidden && item.answers.length === 0)];
      });
    fc.assert(
      fc.property(planStateOf(anywhere), (any) => {
        const projected = projectPlan(undefined, any, testContext);
        for (const log of any.logs) {
          // what turns on a withheld question is shown as little (`response-items.test.ts`)
          const kept = withDependants(testContext.questionnaireOf(log.questionnaire), log.withheld);
          const words = said(log.items, kept);
          const open = new Set(words.flatMap(({ word, hidden }) => (hidden ? [] : [word])));
          const shown = JSON.stringify(projected.filter(({ groupId }) => groupId === `log:${log.id}`));
          for (const { word, hidden } of words) {
            // what is still being written was not sent, and is nobody else's
            if (log.status === 'in-progress') expect(shown).not.toContain(JSON.stringify(word));
            else if (open.has(word)) expect(shown).toContain(JSON.stringify(word));
            else if (hidden) expect(shown).not.toContain(JSON.stringify(word));
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test('gives every resource one id, one profile of ours and the sensitivity label', () => {
    fc.assert(
      fc.property(
        planStateOf(anywhere).chain((any) => fc.tuple(fc.constant(any), adherenceOf(any.plan))),
        ([any, adherence]) => {
          const projected = projectPlan(undefined, any, {
            ...testContext,
            sensitivity: 'SUD',
            adherences: [adherence],
          });
          const ids = projected.map(({ resource }) => `${resource.resourceType}/${resource.id}`);
          expect(new Set(ids).size).toBe(ids.length);
          for (const { id, resource } of projected) {
            expect(resource.id).toBe(id);
            expect(id).toMatch(/^[A-Za-z0-9\-.]{1,64}$/);
            expect(resource.meta?.profile).toHaveLength(1);
            expect(resource.meta?.profile?.[0]).toMatch(/^https:\/\/intersession\.dev\/fhir\/StructureDefinition\//);
            expect(resource.meta?.security?.[0]?.code).toBe('SUD');
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
