import type { Role } from '../../homework/role.ts';
import type { RoleRule } from '../app-options.ts';

/**
 * What a user of the EHR is here: a Patient is a patient; anyone else is what the first rule that fits says, and without
 * one nothing. Never what an address or a page says.
 */
export function roleOf(
  userReference: string,
  rules: readonly RoleRule[],
  roleCodes: readonly string[],
): Role | undefined {
  if (userReference.startsWith('Patient/')) return 'patient';
  const rule = rules.find(({ fhirUser, practitionerRoleCode }) => {
    if (fhirUser === undefined && practitionerRoleCode === undefined) return false;
    const fits = fhirUser === undefined || matches(fhirUser, userReference);
    return fits && (practitionerRoleCode === undefined || roleCodes.includes(practitionerRoleCode));
  });
  // a rule that makes staff a patient would open no one's homework
  return rule?.role === 'patient' ? undefined : rule?.role;
}

function matches(pattern: string, reference: string): boolean {
  return pattern.endsWith('*') ? reference.startsWith(pattern.slice(0, -1)) : reference === pattern;
}
