import type { ClaimedGroup, ClaimedRow } from '../../src/delivery/claimed-group.ts';
import { planSending } from '../../src/delivery/plan-sending.ts';
import { referencesIn } from '../../src/delivery/replace-references.ts';
import type { PatientContext, SendingContext } from '../../src/delivery/sending-context.ts';
import { generic } from '../../src/ehr/vendors/generic.ts';
import { type Artefact, artefacts } from '../../src/homework/model.ts';
import type { Capabilities } from '../../src/landing/capabilities.ts';
import type { LandingRow } from '../../src/landing/landing-row.ts';
import type { VendorTraits } from '../../src/landing/vendor-traits.ts';

/** When the claims of these tests begin. */
export const startedAt = new Date('2026-03-02T15:00:00Z');
/** So many milliseconds before that; after it, if negative. */
export const earlierBy = (ms: number): Date => new Date(startedAt.getTime() - ms);

/** A claimed row that nobody has tried to send, an assignment unless told otherwise. */
export function claimedRow(more: Partial<ClaimedRow> = {}, resource: object = {}): ClaimedRow {
  const { resourceType = 'Task', id = 'a1', artefact = 'assignment' } = more;
  const identifier = [{ system: `https://intersession.dev/id/${artefact}`, value: id }];
  const about =
    resourceType === 'Task' ? { for: { reference: 'Patient/sarah' } } : { subject: { reference: 'Patient/sarah' } };
  const content = JSON.stringify({ id, resourceType, identifier, ...about, ...resource });
  return {
    ...{ artefact, id, resourceType, name: `${resourceType}/${id}`, wanted: 1, landed: 0, state: 'pending' },
    ...{ ehrReference: null, ehrVersion: null, landedAt: null, withdraw: false, lastStatus: null, doubtAt: null },
    ...{ content, references: referencesIn(content) },
    ...more,
  };
}

export function claimedGroup(rows: readonly ClaimedRow[], more: Partial<ClaimedGroup> = {}): ClaimedGroup {
  return {
    ...{ id: 'plan:p1', planId: 'p1', patientId: 'sarah', formerPatientIds: [], patientVerified: true },
    ...{ patientCheckedAt: undefined, leaseToken: 1, leaseUntil: earlierBy(-10_000), attempts: 1, attemptId: 'try-1' },
    ...{ startedAt, interrupted: false, interruptedBy: null, rows },
    ...more,
  };
}

/** An EHR that takes everything natively with the service's own token, and offers what R4 offers. */
export function sendingContext(
  more: {
    readonly landings?: Partial<Record<Artefact, Partial<LandingRow>>>;
    readonly capabilities?: Partial<Capabilities>;
    readonly traits?: Partial<VendorTraits>;
    readonly observationRows?: SendingContext['observationRows'];
  } = {},
): SendingContext {
  const row = (artefact: Artefact): LandingRow => ({
    ...{ artefact, landing: 'native', identity: 'system', reason: 'as told', toImprove: null, writes: [] },
    ...more.landings?.[artefact],
  });
  const types = [
    'CarePlan',
    'Task',
    'QuestionnaireResponse',
    'Observation',
    'DocumentReference',
    'Communication',
    'Flag',
  ];
  const each = <T>(value: T): Record<string, T> => Object.fromEntries(types.map((type) => [type, value]));
  return {
    landings: new Map(artefacts.map((artefact) => [artefact, row(artefact)])),
    capabilities: {
      ...{ interactions: each(['create', 'read', 'search-type', 'update']), conditionalCreate: each(true) },
      ...{ conditionalUpdate: {}, system: ['batch', 'transaction'], searchParams: each(['identifier', 'patient']) },
      ...more.capabilities,
    },
    traits: { ...generic, ...more.traits },
    observationRows: more.observationRows ?? {},
  };
}

/** The plan for such a group where nothing outside of it is referred to; urns are `urn:uuid:1`, `urn:uuid:2`, … */
export function plan(
  group: ClaimedGroup,
  context = sendingContext(),
  patient: PatientContext = { carriers: [] },
  references: Parameters<typeof planSending>[1] = new Map(),
) {
  let next = 0;
  return planSending(group, references, context, patient, () => {
    next += 1;
    return String(next);
  });
}
