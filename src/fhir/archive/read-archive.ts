import type { FhirResource, Goal, Questionnaire } from 'fhir/r4';
import { isObject } from '../../foundation/is-object.ts';
import type { FormedStep } from '../../homework/plan/own-form.ts';
import { fromAssignmentTask } from '../from-assignment-task.ts';
import { parseLiteral } from '../parse-reference.ts';
import { relativeReferences } from '../relative-references.ts';
import {
  type ArchiveIssue,
  archivedEntries,
  issueOf,
  issuesIn,
  type NamedEntry,
  unreadable,
} from './archive-entries.ts';
import {
  type ArchivedPart,
  type ArchivedPlan,
  factsKey,
  type RowFacts,
  type SourceKeyFacts,
  type StoredResource,
} from './archived-plan.ts';
import { identifiedOf } from './identified-of.ts';
import { formsIn, type PartValues, type ReadingPart, type ReadPart, readPart } from './read-part.ts';
import { fromRecordRow, type RecordRow, withoutRecordRow } from './record-row.ts';

/** What reading an export needs to know. */
export interface ArchiveReading {
  readonly tenantId: string;
  /** The tenant's EHR: references into it are absolute in an export. */
  readonly fhirBase: string;
  /** Among those that everybody has, and these steps' own; undefined: this service has no such questionnaire. */
  questionnaireOf(canonical: string, steps?: readonly FormedStep[]): Questionnaire | undefined;
}

/** An export as it was read. */
export interface ReadArchive {
  readonly archived: ArchivedPlan;
  /** Which entry each row came from, by `part/id`: `entry[3] Task/17`. */
  readonly entryOf: ReadonlyMap<string, string>;
}

/** One entry, read. */
interface ReadEntry {
  readonly entry: NamedEntry;
  readonly resource: FhirResource;
  readonly row: RecordRow;
  readonly part: ReadPart | undefined;
  readonly stored: StoredResource;
}

/**
 * Reads an export of one plan back: the inverse of `writeArchive`. What is derived from the rest comes along as it stands
 * in the file.
 * @throws IntersessionError `invalid-request` with every issue, each naming its entry and the element
 */
export function readArchive(json: unknown, reading: ArchiveReading): ReadArchive {
  const entries = archivedEntries(json, reading.tenantId);
  const issues: ArchiveIssue[] = [];
  // a plan names its goals, wherever they stand
  const goals = entries.flatMap(({ resource }): Goal[] => (resource.resourceType === 'Goal' ? [resource] : []));
  // and its steps their own forms, which logs answer
  const steps = entries.map(({ resource }) => stepIn(resource, reading.fhirBase)).filter((step) => step !== undefined);
  const questionnaireOf = (canonical: string) => reading.questionnaireOf(canonical, steps);
  const read = entries.flatMap((entry): ReadEntry[] => {
    try {
      return [readEntry(entry, { goals, questionnaireOf, fhirBase: reading.fhirBase })];
    } catch (error) {
      issues.push(...issuesIn(error, entry));
      return [];
    }
  });
  const plans = valuesOf(read, 'plan');
  const [plan] = plans;
  if (issues.length > 0) throw unreadable(issues);
  if (plan === undefined || plans.length > 1) throw issueOf('entry', `holds ${plans.length} plans and must hold one`);
  const { facts, sourceKeys, entryOf } = rowsOf(read);
  const state = {
    plan,
    assignments: valuesOf(read, 'assignment'),
    occurrences: valuesOf(read, 'occurrence'),
    logs: valuesOf(read, 'log'),
    barriers: valuesOf(read, 'barrier'),
    feedback: valuesOf(read, 'feedback'),
    reports: valuesOf(read, 'report'),
  };
  const withdrawn = read.flatMap(({ resource, row }): [string, string][] =>
    row.withdrawn === undefined ? [] : [[`${resource.resourceType}/${resource.id}`, row.withdrawn]],
  );
  return {
    archived: {
      state,
      signals: valuesOf(read, 'safety'),
      facts,
      changes: read.find(({ part }) => part?.part === 'plan')?.row.changes ?? [],
      sourceKeys,
      withdrawn: new Map(withdrawn),
      stored: read.map(({ stored }) => stored),
    },
    entryOf,
  };
}

function readEntry(
  entry: NamedEntry,
  { fhirBase, ...reading }: Omit<ReadingPart, 'row'> & Pick<ArchiveReading, 'fhirBase'>,
): ReadEntry {
  const resource = relativeReferences(entry.resource, fhirBase);
  refuseForeignReferences(resource, resource.resourceType);
  const row = fromRecordRow(resource);
  const part = readPart(resource, { row, ...reading });
  if (part !== undefined && row.facts === undefined) {
    throw issueOf(`${resource.resourceType}.extension(record-row).version`, 'is missing');
  }
  return { entry, resource, row, part, stored: storedOf(withoutRecordRow(resource)) };
}

/** A step with its own forms; what is wrong with one is said where it is read whole. */
function stepIn(resource: FhirResource, fhirBase: string): FormedStep | undefined {
  if (resource.resourceType !== 'Task' || identifiedOf(resource) !== 'assignment') return undefined;
  try {
    const { id, kind } = fromAssignmentTask(relativeReferences(resource, fhirBase));
    return { id, kind, ...formsIn(fromRecordRow(resource)) };
  } catch {
    return undefined;
  }
}

/** What an import holds of the resource itself; its version and time stand beside it. */
function storedOf(resource: FhirResource): StoredResource {
  const { versionId, lastUpdated, ...meta } = resource.meta ?? {};
  const version = Number(versionId ?? '1');
  if (!Number.isInteger(version) || version < 1)
    throw issueOf(`${resource.resourceType}.meta.versionId`, 'is no number from 1');
  if (lastUpdated === undefined || Number.isNaN(Date.parse(lastUpdated))) {
    throw issueOf(`${resource.resourceType}.meta.lastUpdated`, 'is no moment');
  }
  return { resource: { ...resource, meta }, version, lastUpdated: new Date(lastUpdated).toISOString() };
}

/** @throws IntersessionError `invalid-request` naming the element whose reference leads to a server that is not this tenant's */
function refuseForeignReferences(value: unknown, path: string): void {
  if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) refuseForeignReferences(entry, `${path}[${index}]`);
  } else if (isObject(value)) {
    const { reference } = value;
    if (typeof reference === 'string' && parseLiteral(reference, {}).form !== 'local') {
      throw issueOf(`${path}.reference`, 'leads neither into the EHR of this tenant nor to what this service holds');
    }
    for (const [key, member] of Object.entries(value)) refuseForeignReferences(member, `${path}.${key}`);
  }
}

function valuesOf<P extends ArchivedPart>(read: readonly ReadEntry[], wanted: P): PartValues[P][] {
  return read.flatMap(({ part }) => (part?.part === wanted ? [part.value as PartValues[P]] : []));
}

function rowsOf(read: readonly ReadEntry[]) {
  const facts = new Map<string, RowFacts>();
  const sourceKeys = new Map<string, readonly SourceKeyFacts[]>();
  const entryOf = new Map<string, string>();
  const issues: ArchiveIssue[] = [];
  for (const { entry, row, part } of read) {
    if (part === undefined || row.facts === undefined) continue;
    const id = part.part === 'safety' ? part.value.signal.id : part.value.id;
    const key = factsKey(part.part, id);
    const first = entryOf.get(key);
    if (first !== undefined) issues.push({ path: entry.path, problem: `bears the identifier of ${first}` });
    entryOf.set(key, entry.path);
    facts.set(key, row.facts);
    if (row.sourceKeys !== undefined && row.sourceKeys.length > 0) sourceKeys.set(id, row.sourceKeys);
  }
  if (issues.length > 0) throw unreadable(issues);
  return { facts, sourceKeys, entryOf };
}
