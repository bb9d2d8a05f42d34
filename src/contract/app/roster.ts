import { z } from 'zod';
import { cleanLine } from '../../foundation/plain-text.ts';
import { patientStates } from '../../homework/patient/patient-standing.ts';
import { attentionCodes, endings } from '../../homework/plan/attention-reason.ts';
import { worklistFilters } from '../../homework/plan/worklist-filter.ts';
import type { AnswerOf } from '../answer-type.ts';
import { barrierCode, ehrReference, instant, localDate } from '../values.ts';
import { safetyRouteShape } from './safety.ts';

const reasonCodes = ['safety', ...attentionCodes, 'not-landed'] as const;

const rosterReasonShape = z.strictObject({
  code: z.enum(reasonCodes),
  planId: z.string().exactOptional().describe('Absent: it is about the patient, not about one plan'),
  since: instant.exactOptional().describe('The first of them'),
  latest: instant.exactOptional().describe('Of several safety signals the last'),
  toldAgain: instant
    .exactOptional()
    .describe('When something last spoke for an open safety signal, where that is after the last was raised'),
  count: z.number().int(),
  step: z.strictObject({ key: z.string(), title: z.string() }).exactOptional(),
  ending: z.enum(endings).exactOptional().describe('How the step ended'),
  barrier: barrierCode.exactOptional(),
  chart: z
    .enum(['missing', 'outdated', 'unclear'])
    .exactOptional()
    .describe('How what has not landed stands in the chart: not there; an earlier state of it; sent and not answered'),
  of: z.literal('safety').exactOptional().describe('It is safety signals that have not landed'),
});
export type RosterReason = AnswerOf<typeof rosterReasonShape>;

const rosterPlanShape = z.strictObject({
  id: z.string(),
  title: z.string(),
  clinician: z.string(),
  timeZone: z.string().describe('Where it is carried out: its days are counted there'),
  running: z.boolean(),
  lastDayOver: localDate.exactOptional().describe('Its last day, where that is over and the plan runs'),
  closedAt: instant.exactOptional(),
  currentStep: z
    .strictObject({ key: z.string(), title: z.string(), state: z.enum(['open', 'paused', 'locked']) })
    .exactOptional(),
});
export type RosterPlan = AnswerOf<typeof rosterPlanShape>;

/** One patient of the coordinator's list, with all plans that are told of. */
export const rosterRowShape = z.strictObject({
  patientId: z.string(),
  name: z.string().exactOptional().describe('Absent: the EHR tells this user none'),
  birthDate: z.string().exactOptional(),
  recordNumber: z.string().exactOptional(),
  phone: z.string().exactOptional().describe('As the EHR writes it'),
  mayOpen: z.boolean().describe('False: the EHR lists the patient and refuses their chart to this user'),
  signals: z.array(z.enum(worklistFilters)),
  reasons: z.array(rosterReasonShape).describe('The worst first; of two alike as the plans stand'),
  plans: z.array(rosterPlanShape).describe('As they were assigned; those closed lately last'),
  openSignals: z.number().int(),
  standing: z
    .enum(patientStates)
    .exclude(['current'])
    .exactOptional()
    .describe('How the patient stands in the EHR, where that is not as usual'),
  deceased: z.literal(true).exactOptional(),
  lastLogAt: instant.exactOptional(),
  silentSince: instant.exactOptional().describe('Since when something was due without a log after it'),
  timeZone: z.string().describe('In which the days of the two before are counted'),
  due: z.number().int().describe('What was due so far in the plans that run'),
  done: z.number().int(),
  asideUntil: instant
    .exactOptional()
    .describe('Set aside until then, once no safety signal is open; absent as soon as something new happens'),
  contact: z
    .strictObject({
      id: z.string(),
      at: instant,
      by: z.string(),
      own: z.boolean().describe('Noted by this user'),
      note: z.string(),
      snoozeUntil: instant.exactOptional(),
      ended: z.strictObject({ at: instant, by: z.string() }).exactOptional().describe('Put back on the list before'),
    })
    .exactOptional()
    .describe('The latest'),
});
export type RosterRow = AnswerOf<typeof rosterRowShape>;

/** `GET /roster`, `POST /roster/search`. */
export const rosterPageShape = z.strictObject({
  now: instant,
  rows: z.array(rosterRowShape),
  next: z.string().exactOptional(),
  counts: z.partialRecord(z.enum(worklistFilters), z.number().int()).describe('Patients, each once'),
  inNeed: z.number().int().describe('Patients who need somebody: with any reason but what is not in the chart'),
  patients: z
    .strictObject({ count: z.number().int(), atLeast: z.literal(true).exactOptional() })
    .describe('How many patients of the roster this user may see'),
  namesPartly: z
    .literal(true)
    .exactOptional()
    .describe(
      'There are too many patients to look at all names: each page alone is in their order, and a search may miss some',
    ),
  countsAtLeast: z.literal(true).exactOptional().describe('The counts are of whom was looked at so far'),
  hidden: z
    .strictObject({ patients: z.number().int(), atLeast: z.literal(true).exactOptional() })
    .describe('How many patients of the roster the EHR does not show to this user'),
  gone: z
    .strictObject({ patients: z.number().int(), withSignal: z.number().int() })
    .exactOptional()
    .describe(
      'How many of the roster the EHR has no record of any more, and how many of them have an open safety signal',
    ),
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
  team: ehrReference.exactOptional().describe('Only patients with a plan of this clinician'),
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

/** `POST /roster/visits`: when patients are next expected. */
export const nextVisitsShape = z.strictObject({
  visits: z.array(
    z.strictObject({ patientId: z.string(), start: z.union([instant, z.string().regex(/^\d{4}-\d{2}-\d{2}$/)]) }),
  ),
});
export type NextVisits = AnswerOf<typeof nextVisitsShape>;

/** `POST /contacts`: what was noted, so that it can be undone for a while. */
export const notedContactShape = z.strictObject({ id: z.string(), undoUntil: instant });
export type NotedContact = AnswerOf<typeof notedContactShape>;
