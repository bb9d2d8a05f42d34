import type { Provenance, ProvenanceAgent, Reference } from 'fhir/r4';
import type { SourceName } from '../homework/as-told-by.ts';
import type { EhrReference, Instant } from '../homework/model.ts';
import { toConcept } from './concept.ts';
import { toEhrReference, toOwnReference, toPatientReference } from './identity.ts';
import type { Sensitivity } from './mapping-context.ts';
import { ourProfiles } from './profiles.ts';
import { foreignCodeSystems, type Identified, ourExtensions, sourceIdentifierSystem } from './systems.ts';
import { toMeta } from './to-meta.ts';
import { toOrganization } from './to-requester.ts';

/** Something that a source system told, and whom it named. */
export interface Told {
  /** Of the Provenance, which has no identifier in R4: from the artefact's own, so that it stays the same. */
  readonly id: string;
  readonly target: { readonly identified: Identified; readonly id: string };
  readonly patientId: string;
  /** When it came. */
  readonly at: Instant;
  /** That it was made, or that it was changed by a move. */
  readonly activity: 'CREATE' | 'UPDATE';
  /** Client id of the source system. */
  readonly via: string;
  /** Whom it named; absent: nobody. */
  readonly person?: 'patient' | EhrReference | undefined;
  /** Id of the log that it rests on. */
  readonly logId?: string | undefined;
}

/** What its projection needs beside. */
export interface ProvenanceContext {
  readonly tenantName: string;
  readonly sensitivity: Sensitivity;
  readonly sourceName?: SourceName;
}

/**
 * Who told it: author is the person whom the source system named, assembler that system, which we know by its client id.
 * Nobody has signed in as the author. It stands at our endpoint only.
 * @see https://hl7.org/fhir/R4/provenance.html
 * @see http://hl7.org/fhir/us/core/StructureDefinition/us-core-provenance (provenance-1: on whose behalf)
 */
export function toProvenance(told: Told, context: ProvenanceContext): Provenance {
  const { id, target, patientId, at, activity, person, logId } = told;
  return {
    resourceType: 'Provenance',
    id,
    meta: toMeta({ profile: ourProfiles.provenance, sensitivity: context.sensitivity }),
    // R4's Provenance names no patient: R5's does, and whoever holds a patient's data must be able to tell
    extension: [{ url: ourExtensions.provenancePatient, valueReference: toPatientReference(patientId) }],
    target: [toOwnReference(target.identified, target.id)],
    recorded: at,
    activity: toConcept(foreignCodeSystems.dataOperation, activity),
    agent: [...(person === undefined ? [] : [toAuthor(person, patientId, context)]), toAssembler(told, context)],
    ...(logId !== undefined && { entity: [{ role: 'source', what: toOwnReference('log', logId) }] }),
  };
}

function toAuthor(person: 'patient' | EhrReference, patientId: string, context: ProvenanceContext): ProvenanceAgent {
  const type = toConcept(foreignCodeSystems.provenanceParticipant, 'author');
  if (person === 'patient') return { type, who: toPatientReference(patientId) };
  const clinician = /^Practitioner(Role)?\//.test(person);
  return { type, who: toEhrReference(person), ...(clinician && { onBehalfOf: toOrganization(context) }) };
}

function toAssembler({ via }: Told, context: ProvenanceContext): ProvenanceAgent {
  const who: Reference = {
    type: 'Device',
    identifier: { system: sourceIdentifierSystem, value: via },
    display: context.sourceName?.(via) ?? via,
  };
  return {
    type: toConcept(foreignCodeSystems.provenanceParticipant, 'assembler'),
    who,
    onBehalfOf: toOrganization(context),
  };
}
