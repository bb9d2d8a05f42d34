import type { FhirJson } from '../../ehr/fhir-json.ts';
import { parseLiteral, relativeOf } from '../../fhir/parse-reference.ts';
import { isObject } from '../../foundation/is-object.ts';
import type { KnownReference } from '../load-references.ts';
import type { PlannedWrite } from '../plan-sending.ts';
import { rewriteReferences } from '../rewrite-references.ts';
import { sameContent } from '../same-content.ts';
import type { SendingContext } from '../sending-context.ts';
import { parseContent } from '../wire-text.ts';

/**
 * True when what stands there says what was sent. What it refers to counts where it is named there: a reference that could
 * not be written at its time is no difference, one to something else is.
 * @param known where things stand that it refers to, by our names
 */
export function sameAsSent(
  write: PlannedWrite,
  theirs: FhirJson,
  {
    known,
    base,
    traits,
  }: {
    readonly known: ReadonlyMap<string, KnownReference>;
    readonly base: string;
    readonly traits: SendingContext['traits'];
  },
): boolean {
  const named = referencesOf(theirs, base);
  const ours = rewriteReferences(parseContent(write.content, write.row), (reference) => {
    const there = known.get(reference);
    const stands = there?.ehrReference ?? (there?.ours === true ? undefined : reference);
    return stands !== undefined && named.has(stands) ? stands : undefined;
  });
  return sameContent(ours, theirs, { base, leftOut: addedBySending(ours, traits.needsEncounter) });
}

/** The encounter is found when a write is sent, and stands in no projection. */
function addedBySending(ours: FhirJson, needsEncounter: readonly string[]): ReadonlySet<string> {
  const { resourceType, context } = ours;
  if (!needsEncounter.includes(resourceType)) return new Set();
  return new Set([`${resourceType}.encounter`, `${resourceType}.context${isObject(context) ? '.encounter' : ''}`]);
}

function referencesOf(value: unknown, base: string, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const element of value) referencesOf(element, base, found);
  else if (isObject(value)) {
    if (typeof value.reference === 'string') {
      const named = parseLiteral(value.reference, { ehr: base });
      if (named.form === 'local') found.add(relativeOf(named));
    }
    for (const member of Object.values(value)) referencesOf(member, base, found);
  }
  return found;
}

/** True when every line of ours stands in one of their texts, however an EHR breaks and spaces them. */
export function sameText(ours: readonly string[], theirs: readonly string[]): boolean {
  const there = theirs.map(plain);
  const lines = ours.flatMap((text) => text.split(/\r?\n/)).map(plain);
  return lines.every((line) => there.some((text) => text.includes(line)));
}

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();
