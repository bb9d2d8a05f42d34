import { parseLiteral, relativeOf } from '../../fhir/parse-reference.ts';
import { defined } from '../../foundation/defined.ts';
import { isObject } from '../../foundation/is-object.ts';
import type { Visit, VisitPerson } from '../../homework/patient/visit.ts';
import { momentSaid } from '../../homework/schedule/moment-said.ts';
import type { FhirJson } from '../fhir-json.ts';
import type { UserReader } from './read-as-user.ts';

/** Whoever sent the patient, or is only to be told, did not take part. @see https://terminology.hl7.org/ValueSet-encounter-participant-type.html */
const notThere: readonly unknown[] = ['REF', 'REFB', 'REFT', 'CALLBCK', 'NOT', 'INF', 'IRCP', 'TRC'];
const actCode = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
/** What lies so near to one another that it is one time. */
const day = /^\d{4}-\d{2}-\d{2}$/;
const utcMidnight = /^(\d{4}-\d{2}-\d{2})T00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:00)$/;

/** An Encounter as far as it can be read; undefined where it does not say when it was. @see https://hl7.org/fhir/R4/encounter.html */
export function readVisit(encounter: FhirJson, { tenant }: Pick<UserReader, 'tenant'>): Visit | undefined {
  const { id, status } = encounter;
  if (typeof id !== 'string' || typeof status !== 'string') return undefined;
  const timeZone = tenant.timeZone ?? 'UTC';
  const period = isObject(encounter.period) ? encounter.period : {};
  const [begin, close] = meant(textOf(period.start), textOf(period.end));
  const said = begin ?? close;
  const start = momentSaid(said ?? '', timeZone);
  if (said === undefined || Number.isNaN(start)) return undefined;
  const ended = momentSaid(close ?? '', timeZone);
  // a day that it ended on is no instant before which it was over
  const end = Number.isNaN(ended) ? undefined : Math.max(start, ended);
  return {
    reference: `Encounter/${id}`,
    ...{ start: new Date(start).toISOString(), status, said: exactnessOf(said) },
    ...(end === undefined ? {} : { end: new Date(end).toISOString() }),
    ...defined({ setting: settingOf(encounter.class), what: whatOf(encounter) }),
    care: [...codesOf('service', [encounter.serviceType]), ...codesOf('type', listOf(encounter.type))],
    people: listOf(encounter.participant).flatMap((participant) => personOf(participant, tenant.fhirBase)),
  };
}

/** A visit that begins and ends at midnight in Greenwich is one of which the EHR knows the day: it had to fill in a time. */
function meant(start: string | undefined, end: string | undefined): readonly [string | undefined, string | undefined] {
  const [begin, close] = [utcMidnight.exec(start ?? '')?.[1], utcMidnight.exec(end ?? '')?.[1]];
  return begin === undefined || close === undefined ? [start, end] : [begin, close];
}

function exactnessOf(said: string): Visit['said'] {
  if (day.test(said)) return 'day';
  return said.includes(':') ? 'time' : 'vague';
}

/** By the code system that R4 binds; another's letters may mean anything. */
function settingOf(coding: unknown): string | undefined {
  if (!isObject(coding) || typeof coding.code !== 'string') return undefined;
  const { system } = coding;
  return system === actCode || system === undefined ? coding.code : undefined;
}

function whatOf({ serviceType, type }: FhirJson): string | undefined {
  return [serviceType, ...listOf(type)].flatMap((concept) => wordsOf(concept) ?? [])[0];
}

function wordsOf(concept: unknown): string | undefined {
  if (!isObject(concept)) return undefined;
  return textOf(concept.text) ?? listOf(concept.coding).flatMap((coding) => textOf(coding.display) ?? [])[0];
}

/** Where no code is said its words stand for it. */
function codesOf(kind: 'service' | 'type', concepts: readonly unknown[]): readonly string[] {
  return concepts.filter(isObject).flatMap((concept) => {
    const codings = listOf(concept.coding).filter(({ code }) => typeof code === 'string');
    if (codings.length > 0) return codings.map(({ system, code }) => `${kind}|${String(system ?? '')}|${String(code)}`);
    const text = textOf(concept.text);
    return text === undefined ? [] : [`${kind}||${text}`];
  });
}

function personOf({ individual, type }: Record<string, unknown>, fhirBase: string): readonly VisitPerson[] {
  if (!isObject(individual)) return [];
  const codes = listOf(type).flatMap(({ coding }) => listOf(coding).map(({ code }) => code));
  if (codes.length > 0 && codes.every((code) => notThere.includes(code))) return [];
  const literal = parseLiteral(textOf(individual.reference) ?? '', { ehr: fhirBase });
  // relatives and the patient come along; they do not say whose visit it was
  if (literal.form === 'local' && !/^Practitioner(Role)?$/.test(literal.type)) return [];
  const name = textOf(individual.display);
  const reference = literal.form === 'local' ? relativeOf(literal) : undefined;
  return reference === undefined && name === undefined ? [] : [defined({ reference, name })];
}

function listOf(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
