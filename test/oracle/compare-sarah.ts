// Compares what an EHR holds of Sarah's homework with the manifest written by hand from the worked case.
// Imports nothing from src: it must not be judged by what it judges. As a script:
//   node test/oracle/compare-sarah.ts --base http://127.0.0.1:4001/fhir/native --face native --data-dir .data
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import type {
  CarePlan,
  CodeableConcept,
  DocumentReference,
  Extension,
  Identifier,
  Observation,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  Task,
} from 'fhir/r4';
import { type Ehr, readEhr } from './read-ehr.ts';

export type Face = 'native' | 'notes-only';

const canonical = 'https://intersession.dev/fhir';
const idSystem = 'https://intersession.dev/id/';
const expected = JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/sarah.expected.json'), 'utf8'));

/** Every difference between the EHR and the manifest, in words; none is an empty list. */
export async function compareSarah(options: { base: string; face: Face; dataDir?: string }): Promise<string[]> {
  const ehr = await readEhr(options.base, options.dataDir);
  const differences: string[] = [];
  const same = (what: string, actual: unknown, wanted: unknown): void => {
    if (!isDeepStrictEqual(actual, wanted)) {
      differences.push(`${what}: the EHR holds ${JSON.stringify(actual)}, expected ${JSON.stringify(wanted)}`);
    }
  };
  const held = await readAll(ehr);
  same('counts', held.counts, expected.faces[options.face]);
  same('identifiers that stand twice', held.doubled, []);
  compareMeasures(held.observations, same);
  compareReport(held.documents, same);
  if (options.face === 'native') compareGraph(held, same);
  if (options.face === 'notes-only' && options.dataDir !== undefined) {
    const attempts = readFileSync(join(options.dataDir, 'sandbox', 'requests.ndjson'), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line): { face: string; method: string; type: string } => JSON.parse(line))
      .filter(
        ({ face, method, type }) => face === 'notes-only' && method !== 'GET' && ['CarePlan', 'Task'].includes(type),
      );
    same('attempts at CarePlan or Task', attempts.length, 0);
  }
  return differences;
}

type Same = (what: string, actual: unknown, wanted: unknown) => void;

interface Held {
  counts: Record<string, number>;
  doubled: string[];
  carePlans: CarePlan[];
  tasks: Task[];
  responses: QuestionnaireResponse[];
  observations: Observation[];
  documents: DocumentReference[];
}

async function readAll(ehr: Ehr): Promise<Held> {
  const query = { patient: expected.patient };
  // what the hospital wrote itself is none of ours
  const ours = <R extends { identifier?: Identifier | Identifier[] | undefined }>(list: R[]): R[] =>
    list.filter(({ identifier }) => [identifier].flat().some((entry) => entry?.system?.startsWith(idSystem) ?? false));
  const carePlans = ours(await ehr.search<CarePlan>('CarePlan', query));
  const tasks = ours(await ehr.search<Task>('Task', query).catch(() => []));
  const responses = ours(await ehr.search<QuestionnaireResponse>('QuestionnaireResponse', query));
  const observations = ours(await ehr.search<Observation>('Observation', query));
  const documents = ours(await ehr.search<DocumentReference>('DocumentReference', query));
  const all = [...carePlans, ...tasks, ...responses, ...observations, ...documents];
  const names = all.map((entry) => [entry.identifier].flat().map((id) => `${id?.system}|${id?.value}`)[0] ?? '');
  return {
    counts: {
      CarePlan: carePlans.length,
      Task: tasks.length,
      QuestionnaireResponse: responses.length,
      Observation: observations.length,
      DocumentReference: documents.length,
    },
    doubled: names.filter((name, index) => names.indexOf(name) !== index),
    carePlans,
    tasks,
    responses,
    observations,
    documents,
  };
}

const codeIn = (concept: CodeableConcept | undefined, system: string): string | undefined =>
  concept?.coding?.find((coding) => coding.system === `${canonical}/CodeSystem/${system}`)?.code;
const instant = (value: string | undefined): string | undefined =>
  value === undefined ? undefined : new Date(value).toISOString().replace('.000Z', 'Z');
const hasSystem = (identifiers: Identifier[] | undefined, kind: string): boolean =>
  identifiers?.some(({ system }) => system === `${idSystem}${kind}`) ?? false;
const extensionOf = (owner: { extension?: Extension[] | undefined } | undefined, name: string): Extension | undefined =>
  owner?.extension?.find(({ url }) => url === `${canonical}/StructureDefinition/${name}`);
const numberOf = (observation: Pick<Observation, 'valueInteger' | 'valueQuantity'>): number | undefined =>
  observation.valueInteger ?? observation.valueQuantity?.value;
const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

/** Measures by the moment they speak of; in every face that takes Observations. */
function compareMeasures(observations: Observation[], same: Same): void {
  const measures = observations.filter(({ identifier }) => hasSystem(identifier, 'measure'));
  const actual = measures
    .map((measure) => ({
      at: instant(measure.effectiveDateTime),
      code: codeIn(measure.code, 'measure'),
      value: numberOf(measure),
      status: measure.status,
    }))
    .sort(byText);
  const wanted = expected.logs
    .flatMap((log: { performedAt: string; measures: Record<string, number> }) =>
      Object.entries(log.measures).map(([code, value]) => ({ at: log.performedAt, code, value, status: 'final' })),
    )
    .sort(byText);
  same('measures', actual, wanted);
  const barriers = observations.filter(({ identifier }) => hasSystem(identifier, 'barrier'));
  same(
    'barrier',
    barriers.map((barrier) => ({
      code: codeIn(barrier.valueCodeableConcept, 'barrier'),
      at: instant(barrier.effectiveDateTime),
    })),
    [{ code: expected.barrier.code, at: expected.barrier.at }],
  );
}

function compareReport(documents: DocumentReference[], same: Same): void {
  const [document] = documents;
  same('report docStatus', document?.docStatus, expected.report.docStatus);
  const text = Buffer.from(document?.content[0]?.attachment.data ?? '', 'base64').toString('utf8');
  const flat = text.replace(/\s+/g, ' ');
  for (const words of expected.report.says) same(`report says "${words}"`, flat.includes(words), true);
  for (const words of expected.report.neverSays) same(`report never says "${words}"`, flat.includes(words), false);
  same('report ends with its marker', /\[IS:[^\]:]+:v\d+\]\s*$/.test(text), true);
}

/** CarePlan, Tasks, QuestionnaireResponses, adherence, and that they point at each other. */
function compareGraph({ carePlans, tasks, responses, observations }: Held, same: Same): void {
  const [plan] = carePlans;
  same(
    'plan',
    {
      status: plan?.status,
      intent: plan?.intent,
      start: plan?.period?.start?.slice(0, 10),
      end: plan?.period?.end?.slice(0, 10),
      author: plan?.author?.reference,
      addresses: plan?.addresses?.map(({ reference }) => reference),
    },
    expected.plan,
  );
  const assignments = tasks.filter(({ identifier }) => hasSystem(identifier, 'assignment'));
  const occurrences = tasks.filter(({ identifier }) => hasSystem(identifier, 'occurrence'));
  const keys = new Map(assignments.map((task) => [`Task/${task.id}`, inputOf(task, 'step-key')?.valueString ?? '']));
  same(
    'assignments',
    assignments
      .map((task) => ({
        step: inputOf(task, 'step-number')?.valuePositiveInt ?? inputOf(task, 'step-number')?.valueInteger,
        key: inputOf(task, 'step-key')?.valueString,
        kind:
          codeIn(inputOf(task, 'kind')?.valueCodeableConcept, 'homework-kind') ??
          inputOf(task, 'kind')?.valueCoding?.code,
        status: task.status,
        businessStatus: codeIn(task.businessStatus, 'business-status'),
      }))
      .sort((a, b) => (a.step ?? 0) - (b.step ?? 0)),
    expected.assignments,
  );
  const logTimes = new Map(
    responses.map((response) => [
      `QuestionnaireResponse/${response.id}`,
      instant(
        extensionOf(extensionOf(response, 'log-context'), 'performedAt')?.valueDateTime ??
          nested(response, 'performedAt')?.valueDateTime,
      ),
    ]),
  );
  same(
    'occurrences',
    occurrences
      .map((task) => ({
        assignment: keys.get(task.partOf?.[0]?.reference ?? ''),
        status: task.status,
        businessStatus: codeIn(task.businessStatus, 'business-status'),
        log: logTimes.get(task.output?.[0]?.valueReference?.reference ?? '') ?? null,
      }))
      .sort(byText),
    [...expected.occurrences].sort(byText),
  );
  same(
    'logs',
    responses
      .map((response) => ({
        performedAt: logTimes.get(`QuestionnaireResponse/${response.id}`),
        questionnaire: /\/Questionnaire\/([^|]+)\|/.exec(response.questionnaire ?? '')?.[1],
        resolution: nested(response, 'resolution')?.valueCode,
        text: textAnswers(response, expected.logs),
        status: response.status,
        ofPlan: response.basedOn?.[0]?.reference === `CarePlan/${plan?.id}`,
      }))
      .sort(byText),
    expected.logs
      .map((log: { performedAt: string; questionnaire: string; resolution: string; text: unknown }) => ({
        performedAt: log.performedAt,
        questionnaire: log.questionnaire,
        resolution: log.resolution,
        text: log.text,
        status: 'completed',
        ofPlan: true,
      }))
      .sort(byText),
  );
  const listed = new Set(plan?.activity?.map((activity) => activity.reference?.reference));
  same('CarePlan lists each assignment', [...keys.keys()].sort(), [...listed].sort());
  same(
    'every measure comes from a log that stands here',
    observations
      .filter(({ identifier }) => hasSystem(identifier, 'measure'))
      .filter(({ derivedFrom }) => !logTimes.has(derivedFrom?.[0]?.reference ?? '')).length,
    0,
  );
  compareAdherence(observations, keys, plan, same);
}

function compareAdherence(
  observations: Observation[],
  keys: Map<string, string>,
  plan: CarePlan | undefined,
  same: Same,
): void {
  const component = (observation: Observation, code: string): number | undefined => {
    const found = observation.component?.find(
      (part) => codeIn(part.code, 'measure') === code || codeIn(part.code, 'adherence') === code,
    );
    return found?.valueInteger ?? found?.valueQuantity?.value;
  };
  same(
    'adherence',
    observations
      .filter(({ identifier }) => hasSystem(identifier, 'adherence'))
      .map((observation) => {
        const focus = observation.focus?.[0]?.reference ?? '';
        return {
          of: focus === `CarePlan/${plan?.id}` ? 'plan' : keys.get(focus),
          percent: observation.valueQuantity?.value,
          onTimeShare: component(observation, 'on-time-share'),
          counts: Object.fromEntries(
            Object.keys(expected.adherence[0].counts).map((code) => [code, component(observation, code)]),
          ),
        };
      })
      .sort(byText),
    [...expected.adherence].sort(byText),
  );
}

const inputOf = (task: Task, code: string) => task.input?.find(({ type }) => codeIn(type, 'task-input') === code);

/** A part of the log-context extension. */
function nested(response: QuestionnaireResponse, part: string): Extension | undefined {
  return extensionOf(response, 'log-context')?.extension?.find(({ url }) => url === part);
}

/** The free text that the manifest names for the log of that time, wherever in the response it stands. */
function textAnswers(
  response: QuestionnaireResponse,
  logs: { performedAt: string; text: Record<string, string> }[],
): Record<string, unknown> {
  const at = instant(nested(response, 'performedAt')?.valueDateTime);
  const wanted = Object.keys(logs.find(({ performedAt }) => performedAt === at)?.text ?? {});
  const flat = (items: QuestionnaireResponseItem[] = []): QuestionnaireResponseItem[] =>
    items.flatMap((item) => [item, ...flat(item.item), ...(item.answer ?? []).flatMap((answer) => flat(answer.item))]);
  const all = flat(response.item);
  return Object.fromEntries(
    wanted.map((linkId) => [linkId, all.find((item) => item.linkId === linkId)?.answer?.[0]?.valueString]),
  );
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { base: { type: 'string' }, face: { type: 'string', default: 'native' }, 'data-dir': { type: 'string' } },
  });
  if (values.base === undefined || (values.face !== 'native' && values.face !== 'notes-only')) {
    console.error('usage: compare-sarah.ts --base FHIR_BASE --face native|notes-only [--data-dir DIR]');
    process.exit(2);
  }
  const dataDir = values['data-dir'];
  const found = await compareSarah({
    base: values.base,
    face: values.face,
    ...(dataDir === undefined ? {} : { dataDir }),
  });
  for (const difference of found) console.log(difference);
  console.log(found.length === 0 ? 'The EHR holds exactly the manifest.' : `${found.length} differences`);
  process.exit(found.length === 0 ? 0 : 1);
}
