import { FhirError, type Issue } from '../fhir-error.ts';
import { type FhirResource, isObject, listOf } from '../resource.ts';

const CATEGORY_SYSTEM = 'http://terminology.hl7.org/CodeSystem/observation-category';
const MAX_NOTE_CHARACTERS = 254;
const KEPT_FOR_NOBODY = new Set(['CarePlan', 'Task', 'QuestionnaireResponse']);

/**
 * The limits a documentation-only EHR puts on what apps file: observations of two categories in a final state with
 * short notes and no links into resources it does not keep for apps; one plain-text attachment in a clinical note.
 * @throws FhirError 422 with one issue for each limit that is broken
 */
export function checkNoteLimits(resource: FhirResource): void {
  const issues = resource.resourceType === 'Observation' ? observationIssues(resource) : noteIssues(resource);
  if (issues.length > 0) throw new FhirError(422, issues);
}

function observationIssues(resource: FhirResource): Issue[] {
  const issues: Issue[] = [];
  const codings = listOf(resource.category).flatMap((category) => (isObject(category) ? listOf(category.coding) : []));
  const accepted = codings.some(
    (coding) =>
      isObject(coding) &&
      coding.system === CATEGORY_SYSTEM &&
      (coding.code === 'survey' || coding.code === 'vital-signs'),
  );
  if (!accepted) {
    issues.push(limit('business-rule', 'Only categories survey and vital-signs are filed', 'Observation.category'));
  }
  if (!['final', 'amended', 'corrected', 'entered-in-error'].includes(String(resource.status))) {
    issues.push(limit('business-rule', 'Only results in a final state are filed', 'Observation.status'));
  }
  for (const [index, note] of listOf(resource.note).entries()) {
    if (isObject(note) && typeof note.text === 'string' && note.text.length > MAX_NOTE_CHARACTERS) {
      const path = `Observation.note[${index}].text`;
      issues.push(limit('too-long', `A note holds at most ${MAX_NOTE_CHARACTERS} characters`, path));
    }
  }
  for (const element of ['basedOn', 'derivedFrom', 'focus', 'hasMember']) {
    for (const [index, reference] of listOf(resource[element]).entries()) {
      const type = isObject(reference)
        ? String(reference.reference ?? reference.type ?? '')
            .split('/')
            .at(-2)
        : undefined;
      const named = isObject(reference) && typeof reference.type === 'string' ? reference.type : type;
      if (named !== undefined && KEPT_FOR_NOBODY.has(named)) {
        const path = `Observation.${element}[${index}]`;
        issues.push(limit('not-supported', `References to ${named} are not supported here`, path));
      }
    }
  }
  return issues;
}

function noteIssues(resource: FhirResource): Issue[] {
  const issues: Issue[] = [];
  if (resource.docStatus !== 'preliminary' && resource.docStatus !== 'final') {
    issues.push(limit('required', 'docStatus must be preliminary or final', 'DocumentReference.docStatus'));
  }
  const content = listOf(resource.content);
  if (content.length !== 1) {
    issues.push(limit('business-rule', 'A note has exactly one attachment', 'DocumentReference.content'));
  }
  const first = content[0];
  const attachment = isObject(first) && isObject(first.attachment) ? first.attachment : {};
  if (!/^text\/plain\s*(;|$)/.test(String(attachment.contentType ?? ''))) {
    const path = 'DocumentReference.content[0].attachment.contentType';
    issues.push(limit('not-supported', 'Only text/plain notes are filed', path));
  }
  const data = attachment.data;
  if (
    typeof data !== 'string' ||
    !/^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$|^(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)$/.test(
      data,
    )
  ) {
    const path = 'DocumentReference.content[0].attachment.data';
    issues.push(limit('required', 'The text of the note must be inline as base64', path));
  }
  return issues;
}

function limit(code: string, diagnostics: string, path: string): Issue {
  return { severity: 'error', code, diagnostics, expression: [path] };
}
