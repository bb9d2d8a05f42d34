import { sameAddress } from '../foundation/same-address.ts';
import { isConfidential } from '../foundation/this-machine.ts';

/**
 * What is wrong with the address of a server that we ask or are asked at; undefined: nothing. Patients' data and keys go
 * there, so it is https, or this machine; and it is an address alone, for what a user, a query or a fragment say in it
 * would be sent along or be lost.
 */
export function addressProblem(text: string): string | undefined {
  const url = URL.parse(text);
  if (url === null) return 'must be a URL';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must be an https: address';
  if (!isConfidential(url)) return 'must be an https: address; http: is only for this machine';
  if (url.username !== '' || url.password !== '' || /^[a-z]+:\/*[^/?#]*@/i.test(text)) {
    return 'must not name a user or a password';
  }
  return undefined;
}

/** As `addressProblem`, for an address that others are put behind (a base): nothing may come after its path. */
export function baseProblem(text: string): string | undefined {
  return addressProblem(text) ?? (/[?#]/.test(text) ? 'must have no query and no fragment' : undefined);
}

interface Addressed {
  readonly fhirBase: string;
  readonly clientId?: string | undefined;
}

/** The first tenant that people sign in to at an EHR that an earlier one has: a launch names the EHR, and no tenant. */
export function sharedByPeople(tenants: readonly Addressed[]): number {
  return tenants.findIndex(
    ({ fhirBase, clientId }, index) =>
      clientId !== undefined &&
      tenants.slice(0, index).some((tenant) => tenant.clientId !== undefined && sameAddress(tenant.fhirBase, fhirBase)),
  );
}
