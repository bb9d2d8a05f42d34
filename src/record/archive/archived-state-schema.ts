import { z } from 'zod';
import { unheldTexts } from '../../foundation/plain-text.ts';
import type { Assignment, Barrier, Feedback, Goal, Log, Occurrence, Plan, Report } from '../../homework/model.ts';
import type { OwnForm } from '../../homework/plan/own-form.ts';
import type { ReportContent } from '../../homework/report/report-model.ts';
import { isTimeZone } from '../../homework/schedule/day-end.ts';
import { partsOfDay } from '../../homework/schedule/schedule.ts';

import { daysOff, planChange, schedule, stepChange, unlock } from './archived-change-schema.ts';
import {
  canonical,
  code,
  count,
  day,
  ehrReference,
  id,
  instant,
  ordinal,
  type Shape,
  text,
  words,
} from './archived-values.ts';

/** Shapes of what an import brings, element by element: what was read from a file is believed in nothing. */

const coding = z.strictObject({ system: z.string(), code: text, display: text.exactOptional() });

const ofPlan = { id, planId: id, patientId: id, via: text.exactOptional() };
const span = { from: instant, until: instant.exactOptional() };

const goal = z.strictObject({
  id,
  description: words,
  startDate: day.exactOptional(),
  measure: coding.exactOptional(),
  target: z.strictObject({ value: z.number(), unit: text, comparator: z.enum(['<=', '>=']) }).exactOptional(),
  ehrReference: ehrReference.exactOptional(),
} satisfies Shape<Goal>);

const plan = z.strictObject({
  id,
  patientId: id,
  via: text.exactOptional(),
  encounter: ehrReference.exactOptional(),
  title: words,
  description: words.exactOptional(),
  status: code,
  timeZone: z.string().refine(isTimeZone, 'must be an IANA time zone'),
  language: code,
  period: z.strictObject({ start: day, end: day.exactOptional() }),
  author: ehrReference.exactOptional(),
  createdAt: instant,
  addresses: z.array(ehrReference),
  goals: z.array(goal),
  libraryPlan: canonical.exactOptional(),
  daysOff: daysOff.exactOptional(),
  closeReason: words.exactOptional(),
  closedAt: instant.exactOptional(),
  changes: z.array(planChange).exactOptional(),
} satisfies Shape<Plan>);

const ownForm = z.strictObject({
  version: ordinal,
  base: canonical,
  from: instant,
  settings: z.record(code, z.union([code, z.number()])),
  own: z.record(code, z.array(z.strictObject({ id: code, text: words }))),
} satisfies Shape<OwnForm>);

const assignment = z.strictObject({
  ...ofPlan,
  key: words,
  step: ordinal,
  kind: code,
  title: words,
  instructions: words.exactOptional(),
  rationale: words.exactOptional(),
  questionnaire: canonical,
  forms: z.array(ownForm).min(1).exactOptional(),
  definition: canonical.exactOptional(),
  status: code,
  businessStatus: code,
  statusReason: z.strictObject({ code: code.exactOptional(), text: words }).exactOptional(),
  schedules: z.array(z.strictObject({ schedule, ...span })).min(1),
  standing: z.literal(true).exactOptional(),
  pauses: z.array(z.strictObject({ ...span, reason: words.exactOptional() })),
  pausedFrom: code.exactOptional(),
  unlock,
  unlocked: z
    .strictObject({ at: instant, by: ehrReference.exactOptional(), reason: words.exactOptional() })
    .exactOptional(),
  lateGraceHours: z.number().min(0).max(10_000),
  authoredOn: instant,
  lastModified: instant,
  requester: ehrReference.exactOptional(),
  toldMove: z
    .strictObject({ event: text, at: instant, via: text, by: z.literal('patient').or(ehrReference).exactOptional() })
    .exactOptional(),
  reasons: z.array(ehrReference),
  unlockedAt: instant.exactOptional(),
  endedAt: instant.exactOptional(),
  changes: z.array(stepChange).exactOptional(),
} satisfies Shape<Assignment>);

const occurrence = z.strictObject({
  ...ofPlan,
  assignmentId: id,
  ordinal,
  status: code,
  day: day.exactOptional(),
  part: z.enum(partsOfDay).exactOptional(),
  openedAt: instant,
  dueUntil: instant,
  lateUntil: instant,
  logId: id.exactOptional(),
  endedAt: instant.exactOptional(),
  reason: words.exactOptional(),
  words: count.exactOptional(),
  superseded: z.literal(true).exactOptional(),
  lastModified: instant,
} satisfies Shape<Occurrence>);

const log = z.strictObject({
  ...ofPlan,
  assignmentId: id,
  occurrenceId: id.exactOptional(),
  resolution: code,
  questionnaire: canonical,
  status: code,
  performedAt: instant,
  timeOpen: z.literal(true).exactOptional(),
  authored: instant,
  source: z.union([
    z.strictObject({ type: z.literal('patient') }),
    z.strictObject({ type: z.enum(['related-person', 'practitioner']), reference: ehrReference }),
  ]),
  told: z.strictObject({ at: instant, as: z.enum(['made', 'changed']) }).exactOptional(),
  // read by its questionnaire, item by item
  items: z.array(z.looseObject({ linkId: text })),
  withheld: z.array(text),
  others: z
    .strictObject({ answers: z.record(text, z.array(z.unknown())), performedAt: z.array(instant) })
    .exactOptional(),
  predicted: z.strictObject({ at: instant, linkIds: z.array(text) }).exactOptional(),
  unsent: z.literal(true).exactOptional(),
  madeBy: text.exactOptional(),
  changedBy: text.exactOptional(),
} satisfies Shape<Log>);

const barrier = z.strictObject({
  ...ofPlan,
  assignmentId: id.exactOptional(),
  code,
  text: words.exactOptional(),
  saidBy: z.literal('patient').or(ehrReference),
  recordedAt: instant,
  talkedOverAt: instant.exactOptional(),
  talkedOver: z.strictObject({ by: ehrReference.exactOptional(), via: text.exactOptional() }).exactOptional(),
} satisfies Shape<Barrier>);

const feedback = z.strictObject({
  ...ofPlan,
  assignmentId: id.exactOptional(),
  logId: id.exactOptional(),
  author: z.literal('patient').or(ehrReference),
  text: words,
  sentAt: instant,
  deliveredAt: instant.exactOptional(),
  readAt: instant.exactOptional(),
  inResponseTo: id.exactOptional(),
} satisfies Shape<Feedback>);

const summaryPart = z.strictObject({ label: z.string(), text: z.string() });
const reportContent = z.strictObject({
  language: code,
  headline: z.string(),
  count: z.string().exactOptional(),
  nothing: z.literal(true).exactOptional(),
  namesSignals: z.boolean().exactOptional(),
  title: z.string(),
  period: z.string(),
  date: instant,
  sections: z.array(
    z.strictObject({
      title: z.string(),
      urgent: z.literal(true).exactOptional(),
      by: z.literal('clinician').exactOptional(),
      table: z.strictObject({ head: z.array(z.string()), rows: z.array(z.array(z.string())) }).exactOptional(),
      entries: z.array(z.strictObject({ heading: z.string().exactOptional(), lines: z.array(z.string()) })),
    }),
  ),
  members: z.string(),
  marker: z.string().exactOptional(),
  told: z.array(
    z.strictObject({
      artefact: z.enum(['log', 'occurrence', 'barrier', 'feedback', 'change']),
      id,
      status: code,
      at: instant,
      lines: z.array(summaryPart).exactOptional(),
    }),
  ),
} satisfies Shape<ReportContent>);

const report = z.strictObject({
  ...ofPlan,
  version: ordinal,
  from: instant,
  to: instant,
  createdAt: instant,
  author: ehrReference.exactOptional(),
  addendumTo: id.exactOptional(),
  signedBy: ehrReference.exactOptional(),
  encounter: ehrReference.exactOptional(),
  words: z
    .strictObject({
      by: ehrReference,
      passages: z.array(z.strictObject({ about: z.string().exactOptional(), text: z.string() })),
    })
    .exactOptional(),
  text: z.string().max(1_000_000),
  content: reportContent.exactOptional(),
  members: z.array(z.strictObject({ artefact: code, id, version: count })),
} satisfies Shape<Report>);

/** One row of each part of a plan; of a safety signal what can be wrong without the Flag's being unreadable. */
export const archivedSchemas = {
  plan,
  assignment,
  occurrence,
  log,
  barrier,
  feedback,
  report,
  safety: z.looseObject({ id, planId: id, patientId: id, ordinal, version: ordinal, raisedAt: instant }),
} as const;

/** Where a text stands that no store can hold, with half a character or a control character in it; undefined: nowhere. */
export function unheldIn(value: unknown): string | undefined {
  for (const path of unheldTexts(value)) return path.join('.') || 'text';
  return undefined;
}
