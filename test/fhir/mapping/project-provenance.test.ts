import type { Provenance } from 'fhir/r4';
import { describe, expect, it, test } from 'vitest';
import { type ChangedOfPlan, projectEvidence, projectProvenance } from '../../../src/fhir/project-provenance.ts';
import type { ProjectedResource } from '../../../src/fhir/projected-resource.ts';
import { firstAssignment } from '../../../src/fixtures/plan-fixtures.ts';
import { samplePlan } from '../../../src/fixtures/sample-plan.ts';
import type { Barrier, Feedback, Log, Report } from '../../../src/homework/model.ts';
import type { SafetyEvidence } from '../../../src/homework/safety/safety-signal.ts';
import { openSignal, safetyContext, signalId } from './safety-samples.ts';

const okafor = 'Practitioner/dr-okafor';
const via = 'homework-product';
const planId = 'a1f3c1de-0000-4000-8000-000000000001';
const of = { planId, patientId: 'sarah', via };
const plan = { ...samplePlan, via, createdAt: '2026-03-01T10:00:00.000Z' };
const assignment = { ...firstAssignment(), via, id: 'a-1', authoredOn: '2026-03-01T11:00:00.000Z' };
const log: Log = {
  ...{ ...of, id: 'l-1', assignmentId: 'a-1', resolution: 'ad-hoc', status: 'completed', items: [], withheld: [] },
  ...{ questionnaire: assignment.questionnaire, source: { type: 'patient' } },
  ...{ performedAt: '2026-03-01T12:00:00.000Z', authored: '2026-03-01T13:00:00.000Z' },
};
const barrier: Barrier = {
  ...{ ...of, id: 'b-1', code: 'fear', saidBy: okafor, recordedAt: '2026-03-01T14:00:00.000Z' },
};
const feedback: Feedback = {
  ...{ ...of, id: 'f-1', author: okafor, text: 'Well done', sentAt: '2026-03-01T15:00:00.000Z' },
};
const report: Report = {
  ...{ ...of, id: 'r-1', version: 1, text: 'Homework', members: [], createdAt: '2026-03-01T16:00:00.000Z' },
  ...{ from: '2026-02-01T16:00:00.000Z', to: '2026-03-01T16:00:00.000Z' },
};
const nothing: ChangedOfPlan = {
  ...{ plan, planChanged: false, assignments: [], logs: [], barriers: [], feedback: [], reports: [] },
};

/** The same, made by people in the app. */
const inApp = <T extends { readonly via?: string }>({ via: _via, ...made }: T) => made;

/** A Provenance in a line: its id and group; what was told, when and how; in whose name. */
const told = (projected: readonly ProjectedResource[]) =>
  projected.map(({ artefact, id, groupId, resource }) => {
    const { target, recorded, activity, agent, entity, ...rest } = resource as Provenance;
    expect([artefact, rest.id]).toEqual(['provenance', id]);
    expect(agent.at(-1)?.who.identifier?.value).toBe(via);
    const person = agent.length === 1 ? 'nobody' : agent[0]?.who.reference;
    const resting = entity === undefined ? '' : ` on ${entity[0]?.what.reference}`;
    const what = `${activity?.coding?.[0]?.code} ${target[0]?.reference} at ${recorded.slice(11, 16)}`;
    return `${id} in ${groupId}: ${what} by ${person}${resting}`;
  });
const ofChange = (changed: Partial<ChangedOfPlan>) =>
  told(projectProvenance({ ...nothing, ...changed }, safetyContext));

describe('who told what of a plan', () => {
  test('of each thing that a source system sent, when it came and in whose name, in the landing group of its plan', () => {
    expect(
      ofChange({
        ...{ planChanged: true, assignments: [assignment], logs: [log] },
        ...{ barriers: [barrier], feedback: [feedback], reports: [report] },
      }),
    ).toEqual([
      `${planId}.told in plan:${planId}: CREATE CarePlan/${planId} at 10:00 by ${okafor}`,
      `a-1.told in plan:${planId}: CREATE Task/a-1 at 11:00 by ${okafor}`,
      `l-1.told in plan:${planId}: CREATE QuestionnaireResponse/l-1 at 13:00 by Patient/sarah`,
      `b-1.told in plan:${planId}: CREATE Observation/b-1 at 14:00 by ${okafor}`,
      `f-1.told in plan:${planId}: CREATE Communication/f-1 at 15:00 by ${okafor}`,
      `r-1.told in plan:${planId}: CREATE DocumentReference/r-1 at 16:00 by nobody`,
    ]);
  });

  test('none of what people made in the app, and none of a plan that did not change', () => {
    expect(ofChange({ plan: samplePlan, planChanged: true })).toEqual([]);
    expect(
      ofChange({
        ...{ assignments: [inApp(assignment)], logs: [inApp(log)], barriers: [inApp(barrier)] },
        ...{ feedback: [inApp(feedback)], reports: [inApp(report)] },
      }),
    ).toEqual([]);
  });

  test('the last move of an assignment, beside who made it, or alone where people made it in the app', () => {
    const toldMove = { event: 'pause', at: '2026-03-05T17:00:00.000Z', via };
    expect(ofChange({ assignments: [{ ...assignment, toldMove: { ...toldMove, by: 'patient' } }] })).toEqual([
      `a-1.told in plan:${planId}: CREATE Task/a-1 at 11:00 by ${okafor}`,
      `a-1.moved in plan:${planId}: UPDATE Task/a-1 at 17:00 by Patient/sarah`,
    ]);
    expect(ofChange({ assignments: [{ ...inApp(assignment), toldMove }] })).toEqual([
      `a-1.moved in plan:${planId}: UPDATE Task/a-1 at 17:00 by nobody`,
    ]);
  });

  it.each<[string, Partial<Log>, string[]]>([
    ['that is still being written has not been sent', { status: 'in-progress' }, []],
    ['that was taken back was sent', { status: 'entered-in-error' }, ['CREATE 13:00 Patient/sarah']],
    [
      'that came as it was made',
      { told: { at: '2026-03-01T18:00:00.000Z', as: 'made' } },
      ['CREATE 18:00 Patient/sarah'],
    ],
    [
      'that came as a change',
      { told: { at: '2026-03-01T18:00:00.000Z', as: 'changed' } },
      ['UPDATE 18:00 Patient/sarah'],
    ],
    [
      'of a relative',
      { source: { type: 'related-person', reference: 'RelatedPerson/sister' } },
      ['CREATE 13:00 RelatedPerson/sister'],
    ],
    [
      'that a clinician wrote down',
      { source: { type: 'practitioner', reference: okafor } },
      [`CREATE 13:00 ${okafor}`],
    ],
  ])('a log %s', (_what, different, expected) => {
    expect(ofChange({ logs: [{ ...log, ...different }] })).toEqual(
      expected.map((line) => {
        const [activity, time, person] = line.split(' ');
        return `l-1.told in plan:${planId}: ${activity} QuestionnaireResponse/l-1 at ${time} by ${person}`;
      }),
    );
  });
});

describe('who told what speaks for a safety signal', () => {
  const at = '2026-03-02T15:00:00.000Z';
  const ofEvidence = (...evidence: SafetyEvidence[]) =>
    told(projectEvidence({ ...openSignal, evidence }, safetyContext));

  test('the first made it, what came later changed it; what people reported in the app is left out, and counted', () => {
    expect(
      ofEvidence(
        { at, by: { type: 'patient' }, via, logId: 'l-1' },
        { at, by: { type: 'patient' } },
        { at, by: { type: 'person', reference: okafor }, via },
      ),
    ).toEqual([
      `${signalId}.told-1 in safety:${signalId}: CREATE Flag/${signalId} at 15:00 by Patient/sarah on QuestionnaireResponse/l-1`,
      `${signalId}.told-3 in safety:${signalId}: UPDATE Flag/${signalId} at 15:00 by ${okafor}`,
    ]);
  });

  test('a system that speaks for itself names nobody', () => {
    expect(ofEvidence({ at, by: { type: 'system', clientId: via }, via })).toEqual([
      `${signalId}.told-1 in safety:${signalId}: CREATE Flag/${signalId} at 15:00 by nobody`,
    ]);
  });
});
