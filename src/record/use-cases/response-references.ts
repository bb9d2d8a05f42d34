import type { QuestionnaireResponse, Reference } from 'fhir/r4';
import { findExtension } from '../../fhir/find-extension.ts';
import { parseReference, type ReferenceBases } from '../../fhir/parse-reference.ts';
import { identifiedTypes, identifierSystem, ourExtensions } from '../../fhir/systems.ts';
import type { LogSource } from '../../homework/model.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { formerIdsOf } from '../patient/survivor-of.ts';
import { type Judge, type Placed, problemWith, sourceOf } from './response-people.ts';

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

/** So many things of the EHR are asked for; a form filler names its Task, its order and the visit. */
const mostNamed = 20;

/**
 * Reads the references of a response that came to an occurrence's endpoint, each whole: server, type and id, or
 * identifier. An absent subject or source means the patient, as the endpoint is the patient's own. A patient who is named by
 * identifier is the Task's only when the EHR says that this patient bears it. Nobody but the patient and their relatives
 * answers here, and what the EHR holds and says is another patient's is refused.
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
  if (placed.length > mostNamed) {
    return { issues: [{ element: 'basedOn', problem: `names too much: ${mostNamed} references at most` }] };
  }
  const ours = await readOurs(record, tenantId, task, placed);
  const { patientId } = task;
  const judge: Judge = {
    patientIds: [patientId, ...(await formerIdsOf(record.database, tenantId, patientId))],
    bears: identifiersOf(record, tenantId, patientId),
    about: (named) => record.isAboutPatient(tenantId, { ...named, patientIds: judge.patientIds }),
    contained: response.contained ?? [],
  };
  const judged = await Promise.all(
    placed.map(async (placed) => {
      // what is ours is not asked for in the EHR
      const problem = ours.get(placed.element) ?? (await problemWith(placed, judge));
      return problem === undefined || problem === 'own' ? [] : [{ element: placed.element, problem }];
    }),
  );
  const issues = judged.flat();
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
    ...basedOn.map((reference, index): [string, Reference] => [`basedOn[${index}]`, reference]),
    ...partOf.map((reference, index): [string, Reference] => [`partOf[${index}]`, reference]),
    ...(['task', 'assignment'] as const).map((part): [string, Reference | undefined] => [
      `extension(log-context).${part}`,
      findExtension(context, part)?.valueReference,
    ]),
  ];
  return named.flatMap(([element, reference]) =>
    reference === undefined ? [] : [{ element, reference, parsed: parseReference(reference, bases) }],
  );
}

/** Asks the EHR once at most, and only when an identifier is named at all. */
function identifiersOf(record: HomeworkRecord, tenantId: string, patientId: string): Judge['bears'] {
  let asked: ReturnType<HomeworkRecord['patientIdentifiers']> | undefined;
  return async ({ system, value }) => {
    asked ??= record.patientIdentifiers(tenantId, patientId);
    const known = await asked;
    // without its system a value says nothing: two clinics number their patients alike
    if (system === undefined) return undefined;
    return known?.some((namedIdentifier) => namedIdentifier.system === system && namedIdentifier.value === value);
  };
}

/**
 * What of ours a response names must belong to the plan of its Task: by element `own`, or what is wrong with it; what is not
 * ours is not in it.
 */
async function readOurs(
  record: HomeworkRecord,
  tenantId: string,
  { planId }: Task,
  placed: readonly Placed[],
): Promise<ReadonlyMap<string, string>> {
  const named = placed.flatMap((placed) => {
    const ours = oursIn(placed);
    return ours === undefined ? [] : [{ ...ours, element: placed.element }];
  });
  if (named.length === 0) return new Map();
  const { rows } = await record.database.query<{ type: string; id: string; plan_id: string }>(
    `select r.type, r.id, r.plan_id from resource r
     join jsonb_to_recordset($2::jsonb) as g(type text, id text) on r.id = g.id and r.type = g.type where r.tenant = $1`,
    [tenantId, JSON.stringify(named.map(({ type, id }) => ({ type, id })))],
  );
  return new Map(
    named.flatMap(({ type, id, element }): [string, string][] => {
      const found = rows.find((row) => row.type === type && row.id === id);
      if (found === undefined) return [];
      return [[element, found.plan_id === planId ? 'own' : 'belongs to another plan than the Task']];
    }),
  );
}

function oursIn({ parsed, reference }: Placed): { type: string; id: string } | undefined {
  const sort = (Object.keys(identifiedTypes) as (keyof typeof identifiedTypes)[]).find(
    (text) => identifierSystem(text) === reference.identifier?.system,
  );
  const value = reference.identifier?.value;
  if (sort !== undefined && value !== undefined) return { type: identifiedTypes[sort], id: value };
  return parsed.form === 'local' && parsed.server !== 'ehr' ? { type: parsed.type, id: parsed.id } : undefined;
}
