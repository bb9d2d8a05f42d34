import { type FhirJson, isFhirJson, toWire } from '../ehr/fhir-json.ts';
import { identifierSystem } from '../fhir/systems.ts';
import { isObject } from '../foundation/is-object.ts';
import { cleanTexts } from '../foundation/plain-text.ts';
import type { ClaimedRow } from './claimed-group.ts';
import { type Replacement, replaceReferences } from './replace-references.ts';

/** A resource's JSON text, and what is to stand in its references' places. */
export interface ReferringText {
  readonly row: ClaimedRow;
  readonly content: string;
  readonly replacements: readonly Replacement[];
}

/**
 * The resource as the EHR is to get it, as JSON text: without our id and version, with the EHR's id when it has one
 * there. The store writes our id as the first element, and the projection no version at all; where the text begins
 * otherwise, it is parsed.
 * @param known what placeholders stand for by now: urn → `Task/17`
 * @see https://hl7.org/fhir/R4/http.html#create
 */
export function toWireText(text: ReferringText, known: ReadonlyMap<string, string>, ehrId?: string): string {
  return heldText(wireText(text, known, ehrId));
}

function wireText(
  { content, row, replacements }: ReferringText,
  known: ReadonlyMap<string, string>,
  ehrId: string | undefined,
): string {
  const beginning = `{"id":"${row.id}",`;
  if (!content.startsWith(beginning)) {
    const resource = parseContent(replaceReferences(content, replacements, known), row);
    return JSON.stringify(toWire(resource, ehrId));
  }
  const rest = replaceReferences(content, replacements, known, beginning.length);
  return ehrId === undefined ? `{${rest}` : `{"id":${JSON.stringify(ehrId)},${rest}`;
}

/** As JSON writes it: control characters and halves of characters escaped, the rest as they are. */
const maybeUnheld = /\\u(?:00|d[89a-f])|[\u007f-\u009f\ufffe\uffff]/i;

/**
 * Texts are held when they come in (ADR 17); one that an earlier version has stored is held on its way out, so that a
 * person's "retry" of what the EHR refused for it is enough.
 */
function heldText(text: string): string {
  return maybeUnheld.test(text) ? JSON.stringify(cleanTexts(JSON.parse(text), (key) => key !== 'reference')) : text;
}

/** The resource that the text is. */
export function parseContent(content: string, { resourceType }: ClaimedRow): FhirJson {
  const resource: unknown = JSON.parse(content);
  return isFhirJson(resource) ? resource : { resourceType };
}

/**
 * A resource's identifier as `system|value`, by which the EHR is asked for it: the one that its artefact's id makes,
 * if it stands in the text, else the first one. @see docs/architecture.md, "Identity"
 */
export function identifierIn(content: string, row: ClaimedRow): string | undefined {
  const { artefact } = row;
  const value = artefact === 'measure' ? measureValue(row) : row.id;
  if (artefact !== 'safety' && value !== undefined) {
    const system = identifierSystem(artefact);
    // as the projection writes an Identifier
    if (content.includes(`{"system":"${system}","value":"${value}"}`)) return `${system}|${value}`;
  }
  return identifierOf(parseContent(content, row));
}

/** The resource's first identifier as `system|value`; QuestionnaireResponse has a single one. */
export function identifierOf(resource: FhirJson): string | undefined {
  const list: unknown[] = Array.isArray(resource.identifier) ? resource.identifier : [resource.identifier];
  const first = list[0];
  if (!isObject(first) || typeof first.value !== 'string') return undefined;
  return `${typeof first.system === 'string' ? first.system : ''}|${first.value}`;
}

/** `<log>.<linkId>` → `<log>#<linkId>`; with an instance, and for a barrier, it is another and read from the content. */
function measureValue({ id }: ClaimedRow): string | undefined {
  const dot = id.indexOf('.');
  return dot < 0 ? undefined : `${id.slice(0, dot)}#${id.slice(dot + 1)}`;
}
