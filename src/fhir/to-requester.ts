import type { Reference } from 'fhir/r4';
import type { EhrReference } from '../homework/model.ts';
import { toEhrReference } from './identity.ts';
import type { MappingContext } from './mapping-context.ts';

type Holder = Pick<MappingContext, 'tenantName'>;

/** Who asked for it: the clinician when one is named, else the organisation by its name, never a guess. */
export function toRequester(requester: EhrReference | undefined, context: Holder): Reference {
  return requester === undefined ? toOrganization(context) : toEhrReference(requester);
}

/** The organisation that holds the record, by name alone: we don't know which resource it is in its EHR. */
export function toOrganization(context: Holder): Reference {
  return { type: 'Organization', display: context.tenantName };
}

/** The care team of the organisation, by name alone: no EHR has told us which resource it is, or whether it has one. */
export function toCareTeam(context: Holder): Reference {
  return { type: 'CareTeam', display: `Care team, ${context.tenantName}` };
}
