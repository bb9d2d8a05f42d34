import type { IncomingWrite } from '../../faces.ts';
import type { FhirResource } from '../../resource.ts';
import { codesOf } from '../parts.ts';
import { receiveNote } from './receive-note.ts';
import { receiveObservation } from './receive-observation.ts';
import { receiveResponse } from './receive-response.ts';
import { refuseAsEpic } from './refuse.ts';
import { EPIC_TASKS } from './seed.ts';

const receivers: Readonly<Record<string, (write: IncomingWrite) => FhirResource>> = {
  Task: receiveTask,
  QuestionnaireResponse: receiveResponse,
  Observation: receiveObservation,
  DocumentReference: receiveNote,
  Communication: receiveCommunication,
};

/** What Epic makes of a write, by resource type. */
export function receiveAtEpic(write: IncomingWrite): FhirResource {
  return receivers[write.resource.resourceType]?.(write) ?? write.resource;
}

function receiveTask({ resource, before }: IncomingWrite): FhirResource {
  if (before?.meta.source === EPIC_TASKS) return resource;
  throw refuseAsEpic(403, 'forbidden', 'only a task that Epic itself made can be updated', 'Task');
}

function receiveCommunication({ resource }: IncomingWrite): FhirResource {
  if (codesOf(resource.category).some(({ code }) => code === 'community-referral')) return resource;
  const words = 'a communication is taken only for a community referral';
  throw refuseAsEpic(422, 'business-rule', words, 'Communication.category');
}
