import type { QuestionnaireResponse, Reference } from 'fhir/r4';
import { findExtension } from '../fhir/find-extension.ts';
import { namesPatient } from '../fhir/names-patient.ts';
import {
  type NamedIdentifier,
  namedIdentifier,
  type ParsedReference,
  parseReference,
  type ReferenceBases,
  relativeOf,
} from '../fhir/parse-reference.ts';
import { identifiedTypes, identifierSystem, ourExtensions } from '../fhir/systems.ts';
import type { LogSource } from '../homework/model.ts';
import type { HomeworkRecord } from './homework-record.ts';

/** Whom a response is about and who answered, judged by every reference in it. */
export interface ResponseWhose {
  /** Who answered; undefined when that cannot be told, and then there is an issue. */
  readonly source?: LogSource;
  /** Elements that name somebody or something else than the Task does. */
  readonly issues: readonly { readonly element: string; readonly problem: string }[];
}

interface Asked {
  readonly occurrenceId: string;
  readonly response: QuestionnaireResponse;
  readonly ehrBase?: string | undefined;
}

interface Task {
  readonly planId: string;
  readonly patientId: string;
}

/** One reference of the response, and where it stands. */
interface Placed {
  readonly element: string;
  readonly reference: Reference;
  readonly parsed: ParsedReference;
}

const anotherPatient = 'is not the patient of the Task';
const notTold = 'names nobody who is known to be the patient of the Task; send the reference';

/**
 * Reads the references of a response that came to an occurrence's endpoint, each whole: server, type and id, or
 * identifier. An absent subject or source means the patient, as the endpoint is the patient's own. A patient who is named by
 * identifier is the Task's only when the EHR says that this patient bears it.
 */
export async function readResponseReferences(
  record: HomeworkRecord,
  tenantId: string,
  { occurrenceId, response, ehrBase }: Asked,
): Promise<ResponseWhose> {
  const task = await taskOf(record, tenantId, occurrenceId);
  // an occurrence that is not there is refused by who changes it
  if (task === undefined) return { source: { type: 'patient' }, issues: [] };
  const own = `${record.publicUrl.replace(/\/+$/, '')}/fhir/${tenantId}`;
  const placed = referencesIn(response, { own, ehr: ehrBase });
  const bears = identifiersOf(record, tenantId, task.patientId);
  const issues: { element: string; problem: string }[] = [];
  for (const one of placed) {
    const problem = await problemWith(one, task.patientId, bears);
    if (problem !== undefined) issues.push({ element: one.element, problem });
  }
  issues.push(...(await othersPlans(record, tenantId, task, placed)));
  const source = sourceOf(placed.find(({ element }) => element === 'source'));
  return source === undefined ? { issues } : { source, issues };
}

async function taskOf(record: HomeworkRecord, tenantId: string, occurrenceId: string): Promise<Task | undefined> {
  const { rows } = await record.database.query<{ plan_id: string; patient_id: string }>(
    `select o.plan_id, p.patient_id from occurrence o join plan p on p.tenant = o.tenant and p.id = o.plan_id
     where o.tenant = $1 and o.id = $2`,
    [tenantId, occurrenceId],
  );
  const [row] = rows;
  return row && { planId: row.plan_id, patientId: row.patient_id };
}

function referencesIn(response: QuestionnaireResponse, bases: ReferenceBases): Placed[] {
  const { subject, source, author, encounter, basedOn = [], partOf = [] } = response;
  const context = findExtension(response, ourExtensions.logContext);
  const named: [string, Reference | undefined][] = [
    ['subject', subject],
    ['source', source],
    ['author', author],
    ['encounter', encounter],
    ...basedOn.map((one, index): [string, Reference] => [`basedOn[${index}]`, one]),
    ...partOf.map((one, index): [string, Reference] => [`partOf[${index}]`, one]),
    ...(['task', 'assignment'] as const).map((part): [string, Reference | undefined] => [
      `extension(log-context).${part}`,
      findExtension(context, part)?.valueReference,
    ]),
  ];
  return named.flatMap(([element, reference]) =>
    reference === undefined ? [] : [{ element, reference, parsed: parseReference(reference, bases) }],
  );
}

type Bears = (identifier: NamedIdentifier) => Promise<boolean | undefined>;

/** Asks the EHR once at most, and only when an identifier is named at all. */
function identifiersOf(record: HomeworkRecord, tenantId: string, patientId: string): Bears {
  let asked: ReturnType<HomeworkRecord['patientIdentifiers']> | undefined;
  return async ({ system, value }) => {
    asked ??= record.patientIdentifiers(tenantId, patientId);
    const known = await asked;
    // without its system a value says nothing: two clinics number their patients alike
    if (system === undefined) return undefined;
    return known?.some((one) => one.system === system && one.value === value);
  };
}

async function problemWith(one: Placed, patientId: string, bears: Bears): Promise<string | undefined> {
  const { element, parsed, reference } = one;
  if (element === 'subject' || (element === 'source' && mayBePatient(parsed))) {
    const same = namesPatient(parsed, patientId);
    const identifier = namedIdentifier(reference.identifier);
    const borne = identifier === undefined ? undefined : await bears(identifier);
    // by reference, an identifier beside it must not be another patient's, as far as the EHR says
    if (same === 'same') return borne === false ? `${anotherPatient}: its identifier is not theirs` : undefined;
    if (same === 'unclear') return borne === true ? undefined : borne === false ? anotherPatient : notTold;
    return element === 'source' ? 'is another patient than that of the Task' : anotherPatient;
  }
  if (element === 'source') return sourceOf(one) === undefined ? sourceProblem(parsed) : undefined;
  // what is not taken is not judged, unless it says that the response is about somebody else
  if (parsed.form === 'logical' && parsed.type === 'Patient') {
    return (await bears(parsed.identifier)) === false ? anotherPatient : undefined;
  }
  const patient = parsed.form === 'local' || parsed.form === 'elsewhere' ? parsed.type === 'Patient' : false;
  return patient && namesPatient(parsed, patientId) !== 'same' ? anotherPatient : undefined;
}

function mayBePatient(parsed: ParsedReference): boolean {
  switch (parsed.form) {
    case 'local':
      return parsed.type === 'Patient';
    case 'elsewhere':
      return parsed.type === 'Patient';
    case 'logical':
      return parsed.type === undefined || parsed.type === 'Patient';
    default:
      return false;
  }
}

function sourceProblem(parsed: ParsedReference): string {
  if (parsed.form === 'elsewhere') return 'is on another server than the EHR: nobody here knows them';
  if (parsed.form === 'local') return 'is neither a Patient nor a RelatedPerson nor a Practitioner';
  return 'must be a reference to a Patient, RelatedPerson or Practitioner of the EHR';
}

function sourceOf(placed: Placed | undefined): LogSource | undefined {
  if (placed === undefined || mayBePatient(placed.parsed)) return { type: 'patient' };
  const { parsed } = placed;
  if (parsed.form !== 'local') return undefined;
  if (parsed.type === 'RelatedPerson') return { type: 'related-person', reference: relativeOf(parsed) };
  if (parsed.type === 'Practitioner') return { type: 'practitioner', reference: relativeOf(parsed) };
  return undefined;
}

/** What of ours a response names must belong to the plan of its Task; what is not ours is not looked up. */
async function othersPlans(record: HomeworkRecord, tenantId: string, { planId }: Task, placed: readonly Placed[]) {
  const named = placed.flatMap((one) => {
    const ours = oursIn(one);
    return ours === undefined ? [] : [{ ...ours, element: one.element }];
  });
  if (named.length === 0) return [];
  const { rows } = await record.database.query<{ type: string; id: string; plan_id: string }>(
    `select r.type, r.id, r.plan_id from resource r
     join jsonb_to_recordset($2::jsonb) as g(type text, id text) on r.id = g.id and r.type = g.type where r.tenant = $1`,
    [tenantId, JSON.stringify(named.map(({ type, id }) => ({ type, id })))],
  );
  return named
    .filter(({ type, id }) => rows.some((row) => row.type === type && row.id === id && row.plan_id !== planId))
    .map(({ element }) => ({ element, problem: 'belongs to another plan than the Task' }));
}

function oursIn({ parsed, reference }: Placed): { type: string; id: string } | undefined {
  const sort = (Object.keys(identifiedTypes) as (keyof typeof identifiedTypes)[]).find(
    (one) => identifierSystem(one) === reference.identifier?.system,
  );
  const value = reference.identifier?.value;
  if (sort !== undefined && value !== undefined) return { type: identifiedTypes[sort], id: value };
  return parsed.form === 'local' && parsed.server !== 'ehr' ? { type: parsed.type, id: parsed.id } : undefined;
}
