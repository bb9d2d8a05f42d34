import type { Reference } from 'fhir/r4';
import type { EhrReference } from '../homework/model.ts';
import { toEhrReference } from './identity.ts';
import type { MappingContext } from './mapping-context.ts';

/** Who asked for it: the clinician when one is named, else the organisation by its name, never a guess. */
export function toRequester(requester: EhrReference | undefined, context: MappingContext): Reference {
  return requester === undefined ? toOrganization(context) : toEhrReference(requester);
}

/** The organisation that holds the record, by name alone: we don't know which resource it is in its EHR. */
export function toOrganization(context: MappingContext): Reference {
  return { type: 'Organization', display: context.tenantName };
}
