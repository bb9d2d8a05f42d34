import type { Extension, Flag, Reference } from 'fhir/r4';
import {
  type SafetyEvidence,
  type SafetyReporter,
  type SafetySignal,
  safetyRules,
} from '../homework/safety/safety-signal.ts';
import { toConcept } from './concept.ts';
import { toDateTime } from './date-time.ts';
import { toEhrReference, toIdentifier, toOwnReference, toPatientReference } from './identity.ts';
import { toNarrative } from './narrative.ts';
import { ourProfiles } from './profiles.ts';
import type { SafetyContext } from './safety-context.ts';
import { flagDetailExtension, foreignCodeSystems, ourCodeSystems, ourExtensions } from './systems.ts';
import { toMeta } from './to-meta.ts';
import { toOrganization } from './to-requester.ts';
import { toToldPerson } from './told-person.ts';

/**
 * A safety signal as a Flag: active until a person closes it. What speaks for it stands in our extension, in codes and
 * values, and in the words of who reported it; a log that does is also R4's own `flag-detail`.
 * @see https://hl7.org/fhir/R4/flag.html
 * @see https://hl7.org/fhir/R4/extension-flag-detail.html
 */
export function toFlag(signal: SafetySignal, context: SafetyContext): Flag {
  const { id, rule, raisedAt, closedAt } = signal;
  const time = (at: string) => toDateTime(at, context.timeZone);
  return {
    resourceType: 'Flag',
    id,
    meta: toMeta({ profile: ourProfiles.safety, sensitivity: context.sensitivity }),
    language: context.language,
    text: toNarrative(
      `Safety signal: ${safetyRules[rule]}`,
      [`raised ${time(raisedAt)}`, closedAt === undefined ? 'open: review now' : `closed ${time(closedAt)}`],
      context.language,
    ),
    extension: [
      ...logsOf(signal).map((logId) => ({ url: flagDetailExtension, valueReference: toOwnReference('log', logId) })),
      toContext(signal),
      ...signal.evidence.map((evidence, index) => toEvidence(evidence, index + 1, time)),
      ...toClosing(signal, time),
    ],
    identifier: [toIdentifier('safety', id)],
    status: signal.status === 'open' ? 'active' : 'inactive',
    category: [toConcept(foreignCodeSystems.flagCategory, 'safety')],
    code: toConcept(ourCodeSystems.safetyRule, rule, safetyRules[rule]),
    subject: toPatientReference(signal.patientId),
    period: { start: time(raisedAt), ...(closedAt !== undefined && { end: time(closedAt) }) },
    author: authorOf(signal, context),
  };
}

/** Logs that speak for it, each once, in the order in which they came. */
function logsOf({ evidence }: SafetySignal): string[] {
  return [...new Set(evidence.map(({ logId }) => logId).filter((logId) => logId !== undefined))];
}

/** Who raised it, where R4's Flag can name them; a log is flagged by the organisation, whoever wrote it. */
function authorOf({ evidence: [first] }: SafetySignal, context: SafetyContext): Reference {
  if (first === undefined || first.logId !== undefined || first.by.type !== 'person') return toOrganization(context);
  const { reference } = first.by;
  const mayBeAuthor = /^Practitioner(Role)?\//.test(reference);
  return mayBeAuthor ? toToldPerson(reference, first, context) : toOrganization(context);
}

function toContext({ planId, ordinal, version }: SafetySignal): Extension {
  return {
    url: ourExtensions.safetySignal,
    extension: [
      { url: 'plan', valueIdentifier: toIdentifier('plan', planId) },
      { url: 'ordinal', valuePositiveInt: ordinal },
      { url: 'version', valuePositiveInt: version },
    ],
  };
}

function toEvidence(evidence: SafetyEvidence, number: number, time: (at: string) => string): Extension {
  const { at, by, via, planId, logId, linkId, value, text } = evidence;
  return {
    url: ourExtensions.safetyEvidence,
    extension: [
      { url: 'number', valuePositiveInt: number },
      { url: 'at', valueDateTime: time(at) },
      toReporter(by),
      ...(via === undefined ? [] : [{ url: 'via', valueString: via }]),
      ...(planId === undefined ? [] : [{ url: 'plan', valueIdentifier: toIdentifier('plan', planId) }]),
      ...(logId === undefined ? [] : [{ url: 'log', valueIdentifier: toIdentifier('log', logId) }]),
      ...(linkId === undefined ? [] : [{ url: 'linkId', valueString: linkId }]),
      ...(value === undefined ? [] : [toValue(value)]),
      ...(text === undefined ? [] : [{ url: 'text', valueString: text }]),
    ],
  };
}

function toReporter(by: SafetyReporter): Extension {
  if (by.type === 'patient') return { url: 'by', valueCode: 'patient' };
  if (by.type === 'system') return { url: 'by', valueString: by.clientId };
  return { url: 'by', valueReference: toEhrReference(by.reference) };
}

function toValue(value: boolean | number | string): Extension {
  if (typeof value === 'boolean') return { url: 'value', valueBoolean: value };
  return typeof value === 'number' ? { url: 'value', valueDecimal: value } : { url: 'value', valueCode: value };
}

function toClosing(
  { closedAt, closedBy, closeReason, closedVia }: SafetySignal,
  time: (at: string) => string,
): Extension[] {
  if (closedAt === undefined || closedBy === undefined || closeReason === undefined) return [];
  return [
    {
      url: ourExtensions.safetyClosed,
      extension: [
        { url: 'at', valueDateTime: time(closedAt) },
        { url: 'by', valueReference: toEhrReference(closedBy) },
        { url: 'reason', valueString: closeReason },
        ...(closedVia === undefined ? [] : [{ url: 'via', valueString: closedVia }]),
      ],
    },
  ];
}
