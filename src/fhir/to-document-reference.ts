import type { DocumentReference, Extension } from 'fhir/r4';
import type { Plan, Report } from '../homework/model.ts';
import { reportXhtml } from '../homework/report/report-xhtml.ts';
import { attachedText } from './attached-text.ts';
import { toConcept } from './concept.ts';
import { toDateTime } from './date-time.ts';
import { toEhrReference, toIdentifier, toOwnReference, toPatientReference } from './identity.ts';
import type { MappingContext } from './mapping-context.ts';
import { ourProfiles } from './profiles.ts';
import { foreignCodeSystems, ourExtensions } from './systems.ts';
import { toMeta } from './to-meta.ts';
import { toOrganization } from './to-requester.ts';
import { toToldPerson } from './told-person.ts';

/**
 * A between-session report, or an addendum to one, as a clinical note: text/plain with its marker line last, then the same as
 * XHTML; a draft until a clinician signs it. What it speaks of stands in our extension, because few EHRs hold the resources that
 * `context.related` would need. The plan's own encounter is not the note's: it was another visit.
 * @see https://hl7.org/fhir/R4/documentreference.html
 */
export function toDocumentReference(report: Report, plan: Plan, context: MappingContext): DocumentReference {
  const { timeZone } = plan;
  const { addendumTo, signedBy, encounter, author } = report;
  const what = addendumTo === undefined ? 'Homework between sessions' : 'Addendum: homework between sessions';
  const attach = (contentType: string, text: string) => toContent({ report, plan, title: what }, contentType, text);
  return {
    resourceType: 'DocumentReference',
    id: report.id,
    meta: toMeta({ profile: ourProfiles.report, sensitivity: context.sensitivity }),
    extension: [
      { url: ourExtensions.reportPlan, valueIdentifier: toIdentifier('plan', report.planId) },
      { url: ourExtensions.reportVersion, valuePositiveInt: report.version },
      ...report.members.map(toMember),
      ...toWords(report),
    ],
    identifier: [toIdentifier('report', report.id)],
    status: 'current',
    docStatus: signedBy === undefined ? 'preliminary' : 'final',
    type: toConcept(foreignCodeSystems.loinc, '11506-3'),
    category: [toConcept(foreignCodeSystems.usCoreDocumentReferenceCategory, 'clinical-note')],
    subject: toPatientReference(report.patientId),
    date: toDateTime(report.createdAt, timeZone),
    author: [author === undefined ? toOrganization(context) : toToldPerson(author, report, context)],
    ...(signedBy !== undefined && { authenticator: toEhrReference(signedBy) }),
    ...(addendumTo !== undefined && { relatesTo: [{ code: 'appends', target: toOwnReference('report', addendumTo) }] }),
    description: `${what}: ${plan.title}`,
    content: [
      attach('text/plain', report.text),
      ...(report.content === undefined ? [] : [attach('application/xhtml+xml', reportXhtml(report.content))]),
    ],
    context: {
      ...(encounter !== undefined && { encounter: [toEhrReference(encounter)] }),
      period: { start: toDateTime(report.from, timeZone), end: toDateTime(report.to, timeZone) },
    },
  };
}

/** Who wrote what into it; it stands in the text, too, under a title that says so. */
function toWords({ words }: Report): readonly Extension[] {
  return (words?.passages ?? []).map(({ about, text }) => ({
    url: ourExtensions.reportWords,
    extension: [
      { url: 'author', valueReference: toEhrReference(words?.by ?? '') },
      ...(about === undefined ? [] : [{ url: 'about', valueString: about }]),
      { url: 'text', valueString: text },
    ],
  }));
}

function toContent(
  { report, plan, title }: { readonly report: Report; readonly plan: Plan; readonly title: string },
  contentType: string,
  text: string,
): DocumentReference['content'][number] {
  return {
    attachment: {
      contentType,
      language: plan.language,
      ...attachedText(text),
      title,
      creation: toDateTime(report.createdAt, plan.timeZone),
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
