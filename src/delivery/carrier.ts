import type { Authorizer } from '../ehr/gateway.ts';
import type { Artefact } from '../homework/model.ts';
import type { Role } from '../homework/role.ts';
import { type ScopeGrant, type ScopeLetter, scopeIdentity } from '../landing/granted-scopes.ts';

/**
 * A signed-in person with a patient open, whose own token may write what the service's may not. It is held by the
 * service, for that app session only.
 */
export interface Carrier extends Authorizer {
  /** `Practitioner/17`, or `Patient/17`. */
  readonly userReference: string;
  readonly role: Role;
  /** What the EHR granted this token. */
  readonly grants: readonly ScopeGrant[];
}

/** Finds who could carry something for a patient right now; clinicians first. */
export interface People {
  carriersFor(tenantId: string, patientId: string): Promise<readonly Carrier[]>;
}

/** Delivery without people: what needs a person's token waits. */
export const nobody: People = { carriersFor: async () => [] };

/** What patients may file under their own name: what they themselves recorded. */
const patientsOwn = new Set<Artefact>(['log', 'measure']);

/** Who of them may write this: a clinician anything, a patient only what patients record. */
export function carrierOf(
  carriers: readonly Carrier[],
  need: {
    readonly artefact: Artefact;
    readonly type: string;
    readonly letter: ScopeLetter;
    readonly category?: string;
  },
): Carrier | undefined {
  return carriers.find(
    ({ role, grants }) =>
      (role === 'clinician' || (role === 'patient' && patientsOwn.has(need.artefact))) &&
      scopeIdentity(grants, need) === 'delegated',
  );
}
