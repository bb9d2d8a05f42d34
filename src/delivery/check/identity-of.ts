import type { EhrAccess } from '../../ehr/ehr-access.ts';
import type { EhrFailure } from '../../ehr/ehr-failure.ts';
import type { FhirJson } from '../../ehr/fhir-json.ts';
import { isObject } from '../../foundation/is-object.ts';
import { hasIdentifier, hasMark, markOf, textsOf } from '../look-up.ts';
import type { PlannedWrite } from '../plan-sending.ts';
import { identifierIn } from '../wire-text.ts';

/** By its identifier or mark, what stands somewhere is the row's, an earlier version of it, another of ours, or does not say. */
export type Identity = 'own' | 'earlier' | 'other' | 'unsaid';

const anyMark = /^\[IS:([^\]]+):v\d+\]\s*$/;

/** Told by the mark where the row is a note or message, else by the identifier. @returns the failure when its text can't be read now */
export async function identityOf(
  ehr: EhrAccess,
  write: PlannedWrite,
  theirs: FhirJson,
): Promise<Identity | EhrFailure> {
  const mark = markOf(write);
  if (mark === undefined) return byIdentifier(write, theirs);
  const texts = await textsOf(ehr, theirs);
  if (!Array.isArray(texts)) return texts;
  if (texts.some((text) => hasMark(text, mark))) return 'own';
  const marked = texts.flatMap((text) => text.split(/\r?\n/)).flatMap((line) => anyMark.exec(line.trim())?.[1] ?? []);
  if (marked.length === 0) return 'unsaid';
  return marked.includes(anyMark.exec(mark)?.[1] ?? '') ? 'earlier' : 'other';
}

function byIdentifier({ content, row }: PlannedWrite, theirs: FhirJson): Identity {
  if (hasIdentifier(theirs, identifierIn(content, row))) return 'own';
  const list: unknown[] = Array.isArray(theirs.identifier) ? theirs.identifier : [theirs.identifier];
  const ours = list.some(
    (value) => isObject(value) && String(value.system ?? '').startsWith('https://intersession.dev/id/'),
  );
  return ours ? 'other' : 'unsaid';
}
