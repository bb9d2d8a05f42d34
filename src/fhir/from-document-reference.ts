import type { DocumentReference, Extension } from 'fhir/r4';
import { defined } from '../foundation/defined.ts';
import { artefacts, type Report } from '../homework/model.ts';
import { toInstant } from './date-time.ts';
import { expectCode, expectElement } from './expect-element.ts';
import { findExtension, findExtensions } from './find-extension.ts';
import {
  fromEhrReference,
  fromEhrReferences,
  fromIdentifiers,
  fromOwnReferences,
  fromPatientReference,
} from './identity.ts';
import { ourExtensions } from './systems.ts';

/**
 * The report that a DocumentReference of ours carries, as its plain text tells it: the content as data is only in our record.
 * @throws IntersessionError `invalid-request` naming the element that is missing
 * @see https://hl7.org/fhir/R4/documentreference.html
 */
export function fromDocumentReference(note: DocumentReference): Report {
  const signedBy = note.docStatus === 'final' ? fromEhrReference(note.authenticator) : undefined;
  const author = fromEhrReferences(note.author)[0];
  const encounter = fromEhrReferences(note.context?.encounter)[0];
  const appends = note.relatesTo?.filter(({ code }) => code === 'appends').map(({ target }) => target);
  const addendumTo = fromOwnReferences(appends, 'report');
  const plainText = note.content.find(({ attachment }) => attachment.contentType === 'text/plain') ?? note.content[0];
  const data = expectElement(plainText?.attachment.data, 'DocumentReference.content.attachment.data');
  const plan = findExtension(note, ourExtensions.reportPlan)?.valueIdentifier;
  return {
    id: fromIdentifiers(note.identifier, 'report'),
    planId: fromIdentifiers(plan && [plan], 'plan'),
    patientId: fromPatientReference(note.subject, 'DocumentReference.subject'),
    version: expectElement(
      findExtension(note, ourExtensions.reportVersion)?.valuePositiveInt,
      'DocumentReference.extension(report-version)',
    ),
    from: toInstant(expectElement(note.context?.period?.start, 'DocumentReference.context.period.start')),
    to: toInstant(expectElement(note.context?.period?.end, 'DocumentReference.context.period.end')),
    createdAt: toInstant(expectElement(note.date, 'DocumentReference.date')),
    ...(author !== undefined && { author }),
    ...(signedBy !== undefined && { signedBy }),
    ...(addendumTo !== undefined && { addendumTo }),
    ...(encounter !== undefined && { encounter }),
    ...fromWords(findExtensions(note, ourExtensions.reportWords)),
    text: Buffer.from(data, 'base64').toString('utf8'),
    members: findExtensions(note, ourExtensions.reportMember).map(fromMember),
  };
}

function fromWords(extensions: readonly Extension[]): Pick<Report, 'words'> {
  const by = fromEhrReference(extensions[0] && findExtension(extensions[0], 'author')?.valueReference);
  if (by === undefined) return {};
  const passages = extensions.map((extension) => ({
    ...defined({ about: findExtension(extension, 'about')?.valueString }),
    text: expectElement(findExtension(extension, 'text')?.valueString, 'report-words.text'),
  }));
  return { words: { by, passages } };
}

function fromMember(extension: Extension): Report['members'][number] {
  const version = findExtension(extension, 'version')?.valuePositiveInt;
  return {
    artefact: expectCode(findExtension(extension, 'artefact')?.valueCode, artefacts, 'report-member.artefact'),
    id: expectElement(findExtension(extension, 'id')?.valueString, 'report-member.id'),
    version: expectElement(version, 'report-member.version'),
  };
}
