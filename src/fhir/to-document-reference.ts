import { createHash } from 'node:crypto';
import type { DocumentReference, Extension } from 'fhir/r4';
import type { Plan, Report } from '../homework/model.ts';
import { toConcept } from './concept.ts';
import { toDateTime } from './date-time.ts';
import { toEhrReference, toIdentifier, toPatientReference } from './identity.ts';
import type { MappingContext } from './mapping-context.ts';
import { ourProfiles } from './profiles.ts';
import { foreignCodeSystems, ourExtensions } from './systems.ts';
import { toMeta } from './to-meta.ts';
import { toOrganization } from './to-requester.ts';

/**
 * A between-session report as a clinical note: text/plain with its marker line last, a draft until a clinician signs it.
 * What it speaks of stands in our extension, because few EHRs hold the resources that `context.related` would need.
 * @see https://hl7.org/fhir/R4/documentreference.html
 */
export function toDocumentReference(report: Report, plan: Plan, context: MappingContext): DocumentReference {
  const { timeZone } = plan;
  const bytes = Buffer.from(report.text, 'utf8');
  return {
    resourceType: 'DocumentReference',
    id: report.id,
    meta: toMeta({ profile: ourProfiles.report, sensitivity: context.sensitivity }),
    extension: [
      { url: ourExtensions.reportPlan, valueIdentifier: toIdentifier('plan', report.planId) },
      { url: ourExtensions.reportVersion, valuePositiveInt: report.version },
      ...report.members.map(toMember),
    ],
    identifier: [toIdentifier('report', report.id)],
    status: 'current',
    docStatus: 'preliminary',
    type: toConcept(foreignCodeSystems.loinc, '11506-3'),
    category: [toConcept(foreignCodeSystems.usCoreDocumentReferenceCategory, 'clinical-note')],
    subject: toPatientReference(report.patientId),
    date: toDateTime(report.createdAt, timeZone),
    author: [report.author === undefined ? toOrganization(context) : toEhrReference(report.author)],
    description: `Homework between sessions: ${plan.title}`,
    content: [
      {
        attachment: {
          contentType: 'text/plain',
          language: plan.language,
          data: bytes.toString('base64'),
          size: bytes.length,
          hash: createHash('sha1').update(bytes).digest('base64'),
          title: 'Homework between sessions',
          creation: toDateTime(report.createdAt, timeZone),
        },
      },
    ],
    context: {
      ...(plan.encounter !== undefined && { encounter: [toEhrReference(plan.encounter)] }),
      period: { start: toDateTime(report.from, timeZone), end: toDateTime(report.to, timeZone) },
    },
  };
}

function toMember({ artefact, id, version }: Report['members'][number]): Extension {
  return {
    url: ourExtensions.reportMember,
    extension: [
      { url: 'artefact', valueCode: artefact },
      { url: 'id', valueString: id },
      { url: 'version', valuePositiveInt: version },
    ],
  };
}
