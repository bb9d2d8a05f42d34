import type { Extension, Flag } from 'fhir/r4';
import {
  type SafetyEvidence,
  type SafetyReporter,
  type SafetySignal,
  safetyRuleCodes,
} from '../homework/safety/safety-signal.ts';
import { codeIn } from './concept.ts';
import { toInstant } from './date-time.ts';
import { expectCode, expectElement } from './expect-element.ts';
import { findExtension, findExtensions } from './find-extension.ts';
import { fromEhrReference, fromIdentifiers, fromPatientReference } from './identity.ts';
import { ourCodeSystems, ourExtensions } from './systems.ts';

/**
 * The safety signal that a Flag of ours carries; it is open exactly while the Flag is active.
 * @throws IntersessionError `invalid-request` naming the element that is missing
 * @see https://hl7.org/fhir/R4/flag.html
 */
export function fromFlag(flag: Flag): SafetySignal {
  const context = findExtension(flag, ourExtensions.safetySignal);
  const closed = findExtension(flag, ourExtensions.safetyClosed);
  const plan = findExtension(context, 'plan')?.valueIdentifier;
  const ordinal = findExtension(context, 'ordinal')?.valuePositiveInt;
  const version = findExtension(context, 'version')?.valuePositiveInt;
  return {
    id: fromIdentifiers(flag.identifier, 'safety'),
    patientId: fromPatientReference(flag.subject, 'Flag.subject'),
    planId: fromIdentifiers(plan && [plan], 'plan'),
    rule: expectCode(codeIn(flag.code, ourCodeSystems.safetyRule), safetyRuleCodes, 'Flag.code'),
    ordinal: expectElement(ordinal, 'Flag.extension(safety-signal).ordinal'),
    status: flag.status === 'active' ? 'open' : 'closed',
    raisedAt: toInstant(expectElement(flag.period?.start, 'Flag.period.start')),
    evidence: findExtensions(flag, ourExtensions.safetyEvidence).toSorted(byNumber).map(fromEvidence),
    ...(closed !== undefined && fromClosing(closed)),
    version: expectElement(version, 'Flag.extension(safety-signal).version'),
  };
}

/** The order of extensions means nothing in FHIR. */
function byNumber(entry: Extension, other: Extension): number {
  const numberOf = (extension: Extension) => findExtension(extension, 'number')?.valuePositiveInt ?? 0;
  return numberOf(entry) - numberOf(other);
}

function fromEvidence(extension: Extension): SafetyEvidence {
  const part = (url: string) => findExtension(extension, url);
  const plan = part('plan')?.valueIdentifier;
  const log = part('log')?.valueIdentifier;
  const linkId = part('linkId')?.valueString;
  const via = part('via')?.valueString;
  const said = part('value');
  const text = part('text')?.valueString;
  const value = said?.valueBoolean ?? said?.valueDecimal ?? said?.valueCode;
  return {
    at: toInstant(expectElement(part('at')?.valueDateTime, 'safety-evidence.at')),
    by: fromReporter(part('by')),
    ...(via !== undefined && { via }),
    ...(plan !== undefined && { planId: fromIdentifiers([plan], 'plan') }),
    ...(log !== undefined && { logId: fromIdentifiers([log], 'log') }),
    ...(linkId !== undefined && { linkId }),
    ...(value !== undefined && { value }),
    ...(text !== undefined && { text }),
  };
}

function fromReporter(by: Extension | undefined): SafetyReporter {
  if (by?.valueCode === 'patient') return { type: 'patient' };
  if (by?.valueString !== undefined) return { type: 'system', clientId: by.valueString };
  return { type: 'person', reference: expectElement(fromEhrReference(by?.valueReference), 'safety-evidence.by') };
}

function fromClosing(closed: Extension): Pick<SafetySignal, 'closedAt' | 'closedBy' | 'closeReason' | 'closedVia'> {
  const part = (url: string) => findExtension(closed, url);
  const via = part('via')?.valueString;
  return {
    closedAt: toInstant(expectElement(part('at')?.valueDateTime, 'safety-closed.at')),
    closedBy: expectElement(fromEhrReference(part('by')?.valueReference), 'safety-closed.by'),
    closeReason: expectElement(part('reason')?.valueString, 'safety-closed.reason'),
    ...(via !== undefined && { closedVia: via }),
  };
}
