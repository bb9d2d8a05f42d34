import type { Meta } from 'fhir/r4';
import type { Sensitivity } from './mapping-context.ts';
import { foreignCodeSystems } from './systems.ts';
import { toCoding } from './terminology.ts';

/**
 * The profile that a resource claims, and its labels: sensitivity always, `R` on what holds text the patient withheld,
 * `REDACTED` on a copy that had such text taken out, patient-supplied on what the patient or a proxy entered.
 * @see https://hl7.org/fhir/R4/security-labels.html
 */
export function toMeta(options: {
  readonly profile: string;
  readonly sensitivity: Sensitivity;
  readonly restricted?: boolean;
  readonly redacted?: boolean;
  readonly patientSupplied?: boolean;
}): Meta {
  const { actCode, confidentiality, observationValue, usCoreTags } = foreignCodeSystems;
  const security = [toCoding(actCode, options.sensitivity)];
  if (options.restricted) security.push(toCoding(confidentiality, 'R'));
  if (options.redacted) security.push(toCoding(observationValue, 'REDACTED'));
  if (options.patientSupplied) security.push(toCoding(observationValue, 'PATAST'));
  return {
    profile: [options.profile],
    security,
    ...(options.patientSupplied && { tag: [toCoding(usCoreTags, 'patient-supplied')] }),
  };
}
