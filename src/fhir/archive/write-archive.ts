import type { Bundle, BundleEntry, FhirResource } from 'fhir/r4';
import { absoluteReferences } from '../absolute-references.ts';
import { toIdentifier } from '../identity.ts';
import type { MappingContext } from '../mapping-context.ts';
import { maskResponseEndpoint } from '../mask-response-endpoint.ts';
import type { SafetyContext } from '../safety-context.ts';
import { toAssignmentTask } from '../to-assignment-task.ts';
import { toBarrierObservation } from '../to-barrier-observation.ts';
import { toCarePlan } from '../to-care-plan.ts';
import { toCommunication } from '../to-communication.ts';
import { toDocumentReference } from '../to-document-reference.ts';
import { toFlag } from '../to-flag.ts';
import { toGoal } from '../to-goal.ts';
import { toOccurrenceTask } from '../to-occurrence-task.ts';
import { toQuestionnaireResponse } from '../to-questionnaire-response.ts';
import { type ArchivedPart, type ArchivedPlan, factsKey } from './archived-plan.ts';
import { type RecordRow, withRecordRow } from './record-row.ts';

/** Names the tenant in an export's `meta.tag`. */
export const tenantTagSystem = 'https://intersession.dev/id/tenant';
/** Names the form of an export in its `meta.tag`. */
export const formatTagSystem = 'https://intersession.dev/id/export';
/** Rises when an earlier version could not read what is written. */
export const archiveFormat = '1';

/** What an export says of where it comes from. */
export interface ArchiveOrigin {
  readonly tenantId: string;
  /** Our endpoint of that tenant: `https://homework.example/fhir/north`. */
  readonly ownBase: string;
  /** The tenant's EHR. */
  readonly fhirBase: string;
}

/** How it is mapped. */
export interface ArchiveMapping {
  readonly plan: MappingContext;
  readonly safety: SafetyContext;
}

/** One resource that is read back, and what its row says beside. */
interface Primary {
  readonly resource: FhirResource;
  readonly row: RecordRow;
}

/**
 * All of a plan as a Bundle of type `collection`: whatever is read back by `readArchive`, made anew in the full view and
 * with its row's facts in our extension `record-row`; then everything that is derived from it, as our endpoint holds it.
 * The same plan gives the same Bundle, so it holds no time of its own.
 *
 * > [!WARNING]
 * > Withheld answers and drafts are in it, readable: it is the record itself, for whoever has the record.
 *
 * @see https://hl7.org/fhir/R4/bundle.html
 */
export function writeArchive(archived: ArchivedPlan, origin: ArchiveOrigin, mapping: ArchiveMapping): Bundle {
  const primaries = primariesOf(archived, mapping);
  const nameOf = ({ resourceType, id }: FhirResource) => `${resourceType}/${id}`;
  const stored = new Map(archived.stored.map((entry) => [nameOf(entry.resource), entry]));
  const written = new Set(primaries.map(({ resource }) => nameOf(resource)));
  const derived = archived.stored
    .filter(({ resource }) => !written.has(nameOf(resource)))
    .toSorted((a, b) => (nameOf(a.resource) < nameOf(b.resource) ? -1 : 1))
    .map(({ resource }): Primary => ({ resource, row: {} }));
  const toEntry = ({ resource, row }: Primary): BundleEntry => {
    const name = nameOf(resource);
    const held = stored.get(name);
    const kept = { ...row, withdrawn: archived.withdrawn.get(name) };
    const dated = {
      ...resource,
      meta: {
        ...(held && { versionId: String(held.version), lastUpdated: held.lastUpdated }),
        ...resource.meta,
      },
    } satisfies FhirResource as FhirResource;
    const whole = absoluteReferences(withRecordRow(maskResponseEndpoint(dated), kept), origin.fhirBase);
    return { fullUrl: `${origin.ownBase}/${name}`, resource: whole };
  };
  return {
    resourceType: 'Bundle',
    id: archived.state.plan.id,
    meta: {
      tag: [
        { system: tenantTagSystem, code: origin.tenantId },
        { system: formatTagSystem, code: archiveFormat },
      ],
    },
    identifier: toIdentifier('plan', archived.state.plan.id),
    type: 'collection',
    entry: [...primaries, ...derived].map(toEntry),
  };
}

function primariesOf(archived: ArchivedPlan, { plan: context, safety }: ArchiveMapping): Primary[] {
  const { state, signals, changes, sourceKeys } = archived;
  const { plan } = state;
  const assignments = new Map(state.assignments.map((assignment) => [assignment.id, assignment]));
  const kept = (part: ArchivedPart, { id, via }: { id: string; via?: string }): RecordRow => ({
    facts: archived.facts.get(factsKey(part, id)),
    via,
    sourceKeys: sourceKeys.get(id),
  });
  const stepOf = (assignmentId: string) => {
    const assignment = assignments.get(assignmentId);
    if (assignment === undefined) throw new TypeError(`the plan has no assignment ${assignmentId}`);
    return assignment;
  };
  return [
    {
      resource: toCarePlan({ ...state, openSafetySignals: 0 }, context),
      row: { ...kept('plan', plan), changes, redesigned: asJson(plan.changes) },
    },
    ...plan.goals.map((goal): Primary => ({ resource: toGoal(goal, plan, context), row: {} })),
    ...state.assignments.map((assignment): Primary => {
      const { toldMove: moved, unlocked } = assignment;
      const row = {
        ...kept('assignment', assignment),
        moved,
        unlocked,
        redesigned: asJson(assignment.changes),
        forms: asJson(assignment.forms),
      };
      return { resource: toAssignmentTask(assignment, plan, context), row };
    }),
    ...state.occurrences.map((occurrence): Primary => {
      const assignment = stepOf(occurrence.assignmentId);
      const resource = toOccurrenceTask(occurrence, { assignment, plan }, context);
      const { words, superseded } = occurrence;
      return { resource, row: { ...kept('occurrence', occurrence), words, superseded } };
    }),
    ...state.logs.map((log): Primary => {
      const resource = toQuestionnaireResponse(log, { plan, view: 'full' }, context);
      const { told, unsent, timeOpen, madeBy: writtenBy, changedBy: revisedBy } = log;
      const others = log.others === undefined ? undefined : JSON.stringify(log.others);
      return { resource, row: { ...kept('log', log), told, unsent, timeOpen, others, writtenBy, revisedBy } };
    }),
    ...state.barriers.map(
      (barrier): Primary => ({
        resource: toBarrierObservation(barrier, plan, context),
        row: { ...kept('barrier', barrier), talkedOver: barrier.talkedOver },
      }),
    ),
    ...state.feedback.map(
      (feedback): Primary => ({ resource: toCommunication(feedback, plan, context), row: kept('feedback', feedback) }),
    ),
    ...state.reports.map((report): Primary => {
      const reportContent = report.content === undefined ? undefined : JSON.stringify(report.content);
      return {
        resource: toDocumentReference(report, plan, context),
        row: { ...kept('report', report), reportContent },
      };
    }),
    ...signals.map(({ signal, owners, shownTo }): Primary => {
      return { resource: toFlag(signal, safety), row: { ...kept('safety', signal), owners, shownTo } };
    }),
  ];
}

function asJson(changes: readonly object[] | undefined): string | undefined {
  return changes === undefined ? undefined : JSON.stringify(changes);
}
