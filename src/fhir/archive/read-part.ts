import type { FhirResource, Goal, Questionnaire } from 'fhir/r4';
import { defined } from '../../foundation/defined.ts';
import type { Assignment, Barrier, Feedback, Log, Occurrence, Plan, Report } from '../../homework/model.ts';
import { fromAssignmentTask } from '../from-assignment-task.ts';
import { fromBarrierObservation } from '../from-barrier-observation.ts';
import { fromCarePlan } from '../from-care-plan.ts';
import { fromCommunication } from '../from-communication.ts';
import { fromDocumentReference } from '../from-document-reference.ts';
import { fromFlag } from '../from-flag.ts';
import { fromOccurrenceTask } from '../from-occurrence-task.ts';
import { fromQuestionnaireResponse } from '../from-questionnaire-response.ts';
import { issueOf } from './archive-entries.ts';
import type { ArchivedPart, ArchivedSignal } from './archived-plan.ts';
import { identifiedOf } from './identified-of.ts';
import type { RecordRow } from './record-row.ts';

/** What each part of a plan is, read. */
export interface PartValues {
  readonly plan: Plan;
  readonly assignment: Assignment;
  readonly occurrence: Occurrence;
  readonly log: Log;
  readonly barrier: Barrier;
  readonly feedback: Feedback;
  readonly report: Report;
  readonly safety: ArchivedSignal;
}

/** What a resource is of a plan. */
export type ReadPart = { [P in ArchivedPart]: { readonly part: P; readonly value: PartValues[P] } }[ArchivedPart];

/** What reading a resource of an export needs beside it. */
export interface ReadingPart {
  readonly row: RecordRow;
  readonly goals: readonly Goal[];
  /** undefined: this service has no such questionnaire. */
  questionnaireOf(canonical: string): Questionnaire | undefined;
}

/**
 * Reads one resource of an export; undefined for one that is derived from others, or read with them.
 * @throws IntersessionError `invalid-request`, `invalid-answer` naming the element or item
 */
export function readPart(resource: FhirResource, { row, goals, questionnaireOf }: ReadingPart): ReadPart | undefined {
  const identified = identifiedOf(resource);
  const sent = defined({ via: row.via });
  switch (resource.resourceType) {
    case 'CarePlan': {
      const value = { ...fromCarePlan(resource, goals), ...sent, ...redesigned<Plan>(row) };
      if (value.goals.length === (resource.goal ?? []).length) return { part: 'plan', value };
      throw issueOf('CarePlan.goal', 'names a Goal that is not in the Bundle');
    }
    case 'Task':
      if (identified === 'safety-review') return undefined;
      if (identified === 'occurrence') {
        const { words, superseded } = row;
        return { part: 'occurrence', value: { ...fromOccurrenceTask(resource), ...defined({ words, superseded }) } };
      }
      return {
        part: 'assignment',
        value: {
          ...fromAssignmentTask(resource),
          ...sent,
          ...defined({ toldMove: row.moved, unlocked: row.unlocked }),
          ...redesigned<Assignment>(row),
          ...formsIn(row),
        },
      };
    case 'QuestionnaireResponse': {
      const questionnaire = questionnaireOf(resource.questionnaire ?? '');
      if (questionnaire === undefined) {
        const problem = 'names a questionnaire, or a version of one, that this service does not have';
        throw issueOf('QuestionnaireResponse.questionnaire', problem);
      }
      const { told, unsent, timeOpen, writtenBy: madeBy, revisedBy: changedBy } = row;
      const others: Log['others'] = row.others === undefined ? undefined : jsonIn(row.others, 'others');
      const log = fromQuestionnaireResponse(resource, questionnaire);
      const kept = { told, unsent, timeOpen, others, madeBy, changedBy };
      return { part: 'log', value: { ...log, ...sent, ...defined(kept) } };
    }
    case 'Observation':
      if (identified !== 'barrier') return undefined;
      return {
        part: 'barrier',
        value: { ...fromBarrierObservation(resource), ...sent, ...defined({ talkedOver: row.talkedOver }) },
      };
    case 'Communication':
      if (identified === 'safety-message') return undefined;
      return { part: 'feedback', value: { ...fromCommunication(resource), ...sent } };
    case 'DocumentReference': {
      if (identified === 'safety-note') return undefined;
      const content: Report['content'] =
        row.reportContent === undefined ? undefined : jsonIn(row.reportContent, 'reportContent');
      return { part: 'report', value: { ...fromDocumentReference(resource), ...sent, ...defined({ content }) } };
    }
    case 'Flag':
      return {
        part: 'safety',
        value: { signal: fromFlag(resource), owners: row.owners ?? [], shownTo: row.shownTo ?? '' },
      };
    default:
      return undefined;
  }
}

/** What was changed while it ran. */
function redesigned<Of extends { readonly changes?: unknown }>({ redesigned: json }: RecordRow): Pick<Of, 'changes'> {
  return (json === undefined ? {} : { changes: jsonIn(json, 'redesigned') }) as Pick<Of, 'changes'>;
}

/** The forms of its own that a step has asked for; read on by the shape of its row. */
export function formsIn({ forms: json }: RecordRow): Pick<Assignment, 'forms'> {
  return json === undefined ? {} : { forms: jsonIn(json, 'forms') };
}

/** Read on by the shape of its row. */
function jsonIn(json: string, part: string) {
  try {
    return JSON.parse(json);
  } catch {
    throw issueOf(`record-row.${part}`, 'is not JSON');
  }
}
