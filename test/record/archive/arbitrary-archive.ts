import { type ArchivedPlan, factsKey, type RowFacts } from '../../../src/fhir/archive/archived-plan.ts';
import { defined } from '../../../src/foundation/defined.ts';
import type { PlanState } from '../../../src/homework/model.ts';
import fc from '../../fast-check.ts';
import { anywhere, instant, planStateOf, safetySignalOf, text } from '../../fhir/mapping/arbitraries.ts';
import { planChangesOf, stepChangesOf } from '../../fhir/mapping/arbitrary-changes.ts';

const clientId = fc.stringMatching(/^[a-z]{1,12}$/);
const actor = fc.oneof(
  clientId.map((id) => `source:${id}`),
  fc.constantFrom('service', 'unknown', 'user:Practitioner/dr-okafor'),
);
const facts: fc.Arbitrary<RowFacts> = fc.record({
  version: fc.integer({ min: 1, max: 99 }),
  updatedAt: instant,
  madeBy: actor,
  changedBy: actor,
});
const changes = fc
  .array(fc.record({ at: instant, actor, session: fc.uuid() }, { requiredKeys: ['at', 'actor'] }), { maxLength: 3 })
  .map((made) => made.map((change, index) => ({ version: index + 1, ...change })));

/** What was sent by whom, beside what the mapping's own arbitraries have. */
const sent = fc.record(
  {
    via: clientId,
    told: fc.record({ at: instant, as: fc.constantFrom('made' as const, 'changed' as const) }),
    toldMove: fc.record(
      { event: text, at: instant, via: clientId, by: fc.constantFrom('patient' as const, 'Practitioner/x') },
      { requiredKeys: ['event', 'at', 'via'] },
    ),
    unlocked: fc.record({ at: instant, by: fc.constant('Practitioner/x'), reason: text }, { requiredKeys: ['at'] }),
    madeBy: actor,
    changedBy: actor,
  },
  { requiredKeys: [] },
);

/** What was changed while it ran. */
const redesignOf = ({ plan: { goals } }: PlanState) =>
  fc.record(
    {
      ofPlan: planChangesOf(goals, anywhere),
      ofStep: stepChangesOf(anywhere),
      words: fc.nat(3),
      superseded: fc.constant(true as const),
    },
    { requiredKeys: [] },
  );

/** A plan whose rows name one another as a plan's do, with what the record keeps beside them. */
export const archivedPlan: fc.Arbitrary<ArchivedPlan> = planStateOf(anywhere).chain((state) =>
  fc
    .record({
      sent,
      redesign: redesignOf(state),
      facts: fc.array(facts, { minLength: 20, maxLength: 20 }),
      changes,
      signals: fc.array(safetySignalOf(state.plan, anywhere), { maxLength: 1 }),
      owner: actor,
      keys: fc.boolean(),
    })
    .map(({ sent, redesign, facts, changes, signals, owner, keys }): ArchivedPlan => {
      const {
        openSafetySignals: _none,
        deceased: _alive,
        noticed: _told,
        ...tied
      } = redesigned(tie(state, sent), redesign);
      const rows = [
        factsKey('plan', tied.plan.id),
        ...tied.assignments.map(({ id }) => factsKey('assignment', id)),
        ...tied.occurrences.map(({ id }) => factsKey('occurrence', id)),
        ...tied.logs.map(({ id }) => factsKey('log', id)),
        ...tied.barriers.map(({ id }) => factsKey('barrier', id)),
        ...tied.feedback.map(({ id }) => factsKey('feedback', id)),
        ...tied.reports.map(({ id }) => factsKey('report', id)),
        ...signals.map(({ id }) => factsKey('safety', id)),
      ];
      const key = { operation: 'plan', sourceId: `of ${tied.plan.id}`, digest: 'd', createdAt: tied.plan.createdAt };
      return {
        state: tied,
        signals: signals.map((signal) => ({ signal, owners: [owner], shownTo: owner })),
        facts: new Map(rows.map((name, index) => [name, facts[index % 20] as RowFacts])),
        changes,
        sourceKeys: new Map(keys ? [[tied.plan.id, [{ clientId: 'product', ...key }]]] : []),
        withdrawn: new Map(),
        stored: [],
      };
    }),
);

function redesigned(
  state: PlanState,
  { ofPlan, ofStep, ...ofOccurrence }: ReturnType<typeof redesignOf> extends fc.Arbitrary<infer R> ? R : never,
): PlanState {
  return {
    ...state,
    plan: { ...state.plan, ...defined({ changes: ofPlan }) },
    assignments: state.assignments.map((assignment) => ({ ...assignment, ...defined({ changes: ofStep }) })),
    occurrences: state.occurrences.map((occurrence) => ({ ...occurrence, ...ofOccurrence })),
  };
}

function tie(
  state: PlanState,
  { via, told, toldMove, unlocked, madeBy, changedBy }: typeof sent extends fc.Arbitrary<infer S> ? S : never,
): PlanState {
  const ofVia = defined({ via });
  const [step] = state.assignments;
  return {
    ...state,
    plan: { ...state.plan, ...ofVia },
    assignments: state.assignments.map((assignment, index) => ({
      ...assignment,
      ...ofVia,
      ...defined({ toldMove, unlocked }),
      key: `${index + 1}`,
      step: index + 1,
    })),
    occurrences: state.occurrences.map(({ logId: _any, ...occurrence }, index) => ({
      ...occurrence,
      ...defined({ logId: index === 0 ? state.logs[0]?.id : undefined }),
    })),
    logs: state.logs.map(({ occurrenceId, ...log }) => ({
      ...log,
      ...ofVia,
      ...defined({
        told,
        madeBy,
        changedBy,
        occurrenceId:
          occurrenceId === undefined
            ? undefined
            : state.occurrences.find(({ assignmentId }) => assignmentId === log.assignmentId)?.id,
        unsent: log.status === 'stopped' ? (true as const) : undefined,
      }),
    })),
    barriers: state.barriers.map(({ assignmentId, ...barrier }) => ({
      ...barrier,
      ...ofVia,
      ...defined({ assignmentId: assignmentId && step?.id }),
    })),
    feedback: state.feedback.map(({ assignmentId, logId, inResponseTo: _any, ...feedback }) => ({
      ...feedback,
      ...ofVia,
      ...defined({ assignmentId: assignmentId && step?.id, logId: logId && state.logs[0]?.id }),
    })),
    reports: state.reports.map(({ addendumTo: _any, ...report }) => ({ ...report, ...ofVia })),
  };
}
