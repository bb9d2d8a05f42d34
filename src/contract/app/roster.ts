import { z } from 'zod';
import { cleanLine } from '../../foundation/plain-text.ts';
import { patientStates } from '../../homework/patient/patient-standing.ts';
import { worklistFilters } from '../../homework/plan/worklist-filter.ts';
import type { AnswerOf } from '../answer-type.ts';
import { barrierCode, ehrReference, instant } from '../values.ts';
import { safetyRouteShape } from './safety.ts';

/** One plan of the coordinator's list. */
export const rosterRowShape = z.strictObject({
  patientId: z.string(),
  planId: z.string(),
  name: z.string(),
  planTitle: z.string(),
  clinician: z.string(),
  signals: z.array(z.enum(worklistFilters)),
  openSignals: z.number().int(),
  standing: z
    .enum(patientStates)
    .exclude(['current'])
    .exactOptional()
    .describe('How the patient stands in the EHR, where that is not as usual'),
  deceased: z.literal(true).exactOptional(),
  overdue: z.number().int(),
  lastLogAt: instant.exactOptional(),
  adherencePercent: z.number().exactOptional(),
  openBarrier: barrierCode.exactOptional(),
  waitingUnlock: z.number().int(),
  notLanded: z.number().int(),
  contact: z
    .strictObject({ at: instant, by: z.string(), note: z.string(), snoozeUntil: instant.exactOptional() })
    .exactOptional()
    .describe('The latest'),
});
export type RosterRow = AnswerOf<typeof rosterRowShape>;

/** `GET /roster`, `POST /roster/search`. */
export const rosterPageShape = z.strictObject({
  now: instant,
  rows: z.array(rosterRowShape),
  next: z.string().exactOptional(),
  counts: z.partialRecord(z.enum(worklistFilters), z.number().int()),
  countsAtLeast: z.literal(true).exactOptional().describe('The counts are of whom was looked at so far'),
  hidden: z
    .strictObject({ patients: z.number().int(), atLeast: z.literal(true).exactOptional() })
    .describe('How many patients of the roster the EHR hides from this user'),
  unchecked: z
    .literal(true)
    .exactOptional()
    .describe('The EHR did not say of somebody whether this user may see them: they are left out'),
  safetyRoute: safetyRouteShape.exactOptional(),
});
export type RosterPage = AnswerOf<typeof rosterPageShape>;

/** What `GET /roster` is asked by. */
export const rosterQuery = z.strictObject({
  filter: z.enum(worklistFilters).exactOptional(),
  team: ehrReference.exactOptional().describe('Only plans of this clinician'),
  sort: z.enum(['urgency', 'last-log', 'adherence', 'name']).default('urgency'),
  after: z.string().max(500).exactOptional(),
});
// a name has no place in an address, which proxies and histories keep: a search is a POST
export const rosterSearch = rosterQuery.extend({
  q: z
    .string()
    .overwrite(cleanLine)
    .trim()
    .max(100)
    .exactOptional()
    .describe('Part of a patient’s name or a plan’s title'),
});
