import { z } from 'zod';
import { isEhrId, isEhrReference } from '../../foundation/ehr-id.ts';
import { unheldTexts } from '../../foundation/plain-text.ts';
import type { ReportContent } from '../../homework/report/report-model.ts';
import { isTimeZone } from '../../homework/schedule/day-end.ts';

/** Shapes of what an import brings, element by element: what was read from a file is believed in nothing. */

const text = z.string().min(1);
const words = text.max(100_000);
const id = z.string().refine(isEhrId, 'must be an id');
const ehrReference = z.string().refine(isEhrReference, 'must be a reference like Practitioner/17');
const instant = z.iso.datetime({ precision: 3 });
const day = z.iso.date();
const canonical = z.string().regex(/^\S+\|\S+$/, 'must be url|version');
const count = z.number().int().min(0).max(1_000_000);
const ordinal = z.number().int().min(1).max(1_000_000);
const code = z.string().min(1).max(64);
const coding = z.strictObject({ system: z.string(), code: text, display: text.optional() });

const ofPlan = { id, planId: id, patientId: id, via: text.optional() };
const span = { from: instant, until: instant.optional() };

const goal = z.strictObject({
  id,
  description: words,
  startDate: day.optional(),
  measure: coding.optional(),
  target: z.strictObject({ value: z.number(), unit: text, comparator: z.enum(['<=', '>=']) }).optional(),
  ehrReference: ehrReference.optional(),
});

const plan = z.strictObject({
  id,
  patientId: id,
  via: text.optional(),
  encounter: ehrReference.optional(),
  title: words,
  description: words.optional(),
  status: code,
  timeZone: z.string().refine(isTimeZone, 'must be an IANA time zone'),
  language: code,
  period: z.strictObject({ start: day, end: day.optional() }),
  author: ehrReference.optional(),
  createdAt: instant,
  addresses: z.array(ehrReference),
  goals: z.array(goal),
  libraryPlan: canonical.optional(),
  closeReason: words.optional(),
  closedAt: instant.optional(),
});

const schedule = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('event'),
    event: words,
    count: ordinal,
    text: words,
    window: z.strictObject({ start: day, end: day }),
  }),
  z.strictObject({ type: z.literal('once'), by: day }),
  z.strictObject({ type: z.literal('once-within'), days: ordinal }),
]);

const criterion = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('logs-done'), count: ordinal }),
  z.strictObject({ type: z.literal('behaviour-done') }),
  z.strictObject({
    type: z.literal('measure-reached'),
    linkId: text,
    comparator: z.enum(['<=', '>=']),
    value: z.number(),
  }),
  z.strictObject({ type: z.literal('measure-fell'), linkId: text, by: z.number() }),
  z.strictObject({ type: z.literal('clinician-approves') }),
]);

const unlock = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('at-start') }),
  z.strictObject({ type: z.literal('by-clinician') }),
  z.strictObject({ type: z.literal('after'), after: text, criterion }),
]);

const assignment = z.strictObject({
  ...ofPlan,
  key: words,
  step: ordinal,
  kind: code,
  title: words,
  instructions: words.optional(),
  rationale: words.optional(),
  questionnaire: canonical,
  definition: canonical.optional(),
  status: code,
  businessStatus: code,
  statusReason: z.strictObject({ code: code.optional(), text: words }).optional(),
  schedules: z.array(z.strictObject({ schedule, ...span })).min(1),
  pauses: z.array(z.strictObject({ ...span, reason: words.optional() })),
  pausedFrom: code.optional(),
  unlock,
  lateGraceHours: z.number().min(0).max(10_000),
  authoredOn: instant,
  lastModified: instant,
  requester: ehrReference.optional(),
  toldMove: z
    .strictObject({ event: text, at: instant, via: text, by: z.literal('patient').or(ehrReference).optional() })
    .optional(),
  reasons: z.array(ehrReference),
  unlockedAt: instant.optional(),
  endedAt: instant.optional(),
});

const occurrence = z.strictObject({
  ...ofPlan,
  assignmentId: id,
  ordinal,
  status: code,
  openedAt: instant,
  dueUntil: instant,
  lateUntil: instant,
  logId: id.optional(),
  endedAt: instant.optional(),
  reason: words.optional(),
  lastModified: instant,
});

const log = z.strictObject({
  ...ofPlan,
  assignmentId: id,
  occurrenceId: id.optional(),
  resolution: code,
  questionnaire: canonical,
  status: code,
  performedAt: instant,
  authored: instant,
  source: z.union([
    z.strictObject({ type: z.literal('patient') }),
    z.strictObject({ type: z.enum(['related-person', 'practitioner']), reference: ehrReference }),
  ]),
  told: z.strictObject({ at: instant, as: z.enum(['made', 'changed']) }).optional(),
  // read by its questionnaire, item by item
  items: z.array(z.looseObject({ linkId: text })),
  withheld: z.array(text),
  predicted: z.strictObject({ at: instant, linkIds: z.array(text) }).optional(),
  unsent: z.literal(true).optional(),
  madeBy: text.optional(),
  changedBy: text.optional(),
});

const barrier = z.strictObject({
  ...ofPlan,
  assignmentId: id.optional(),
  code,
  text: words.optional(),
  saidBy: z.literal('patient').or(ehrReference),
  recordedAt: instant,
  talkedOverAt: instant.optional(),
});

const feedback = z.strictObject({
  ...ofPlan,
  assignmentId: id.optional(),
  logId: id.optional(),
  author: z.literal('patient').or(ehrReference),
  text: words,
  sentAt: instant,
  deliveredAt: instant.optional(),
  readAt: instant.optional(),
  inResponseTo: id.optional(),
});

const summaryPart = z.strictObject({ label: z.string(), text: z.string() });
// every key, so that what is added to a report is taken back in as well
const reportContent = z.strictObject({
  language: code,
  headline: z.string(),
  count: z.string().optional(),
  namesSignals: z.boolean().optional(),
  title: z.string(),
  period: z.string(),
  date: instant,
  sections: z.array(
    z.strictObject({
      title: z.string(),
      urgent: z.literal(true).optional(),
      table: z.strictObject({ head: z.array(z.string()), rows: z.array(z.array(z.string())) }).optional(),
      entries: z.array(z.strictObject({ heading: z.string().optional(), lines: z.array(z.string()) })),
    }),
  ),
  members: z.string(),
  marker: z.string().optional(),
  told: z.array(
    z.strictObject({
      artefact: z.enum(['log', 'occurrence', 'barrier', 'feedback']),
      id,
      status: code,
      at: instant,
      lines: z.array(summaryPart).optional(),
    }),
  ),
} satisfies Record<keyof ReportContent, z.ZodType>);

const report = z.strictObject({
  ...ofPlan,
  version: ordinal,
  from: instant,
  to: instant,
  createdAt: instant,
  author: ehrReference.optional(),
  addendumTo: id.optional(),
  signedBy: ehrReference.optional(),
  encounter: ehrReference.optional(),
  text: z.string().max(1_000_000),
  content: reportContent.optional(),
  members: z.array(z.strictObject({ artefact: code, id, version: count })),
});

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

/** No store can hold these: half a character, a control character. */
export function unheldIn(value: unknown): string | undefined {
  for (const path of unheldTexts(value)) return path.join('.') || 'text';
  return undefined;
}
