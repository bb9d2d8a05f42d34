import type { Reference } from 'fhir/r4';
import type { Assignment } from '../homework/model.ts';
import type { MappingContext } from './mapping-context.ts';
import { toToldPerson } from './told-person.ts';

type Holder = Pick<MappingContext, 'tenantName' | 'sourceName'>;

/** Who asked for it: the clinician when one is named, else the organisation by its name, never a guess. */
export function toRequester(assignment: Pick<Assignment, 'requester' | 'via'>, context: Holder): Reference {
  const { requester } = assignment;
  return requester === undefined ? toOrganization(context) : toToldPerson(requester, assignment, context);
}

/** The organisation that holds the record, by name alone: we don't know which resource it is in its EHR. */
export function toOrganization(context: Holder): Reference {
  return { type: 'Organization', display: context.tenantName };
}

/** The care team of the organisation, by name alone: no EHR has told us which resource it is, or whether it has one. */
export function toCareTeam(context: Holder): Reference {
  return { type: 'CareTeam', display: `Care team, ${context.tenantName}` };
}
