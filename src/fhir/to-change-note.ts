import type { Annotation } from 'fhir/r4';
import type { Plan, Schedule } from '../homework/model.ts';
import type { DaysOff, PlanChange } from '../homework/plan/plan.ts';
import type { StepChange } from '../homework/plan/step-change.ts';
import { toDateTime } from './date-time.ts';
import type { MappingContext } from './mapping-context.ts';
import { scheduleText } from './timing/schedule-text.ts';
import { unlockText } from './to-unlock-rule.ts';
import { toToldPerson } from './told-person.ts';

/** Whom an Annotation of R4 may name. */
const mayBeNamed = /^(Practitioner|Patient|RelatedPerson|Organization)\//;

/**
 * A change of a step as a note of its Task: who changed it, when, what to what, and why. A Task has one version in the EHR; that it
 * was other before must be readable in it.
 * @see https://hl7.org/fhir/R4/datatypes.html#Annotation
 */
export function toChangeNote(change: StepChange, plan: Plan, context: MappingContext): Annotation {
  return toNote(change, changeText(change), plan, context);
}

/** The same of a plan's own words, as a note of its CarePlan. */
export function toPlanNote(change: PlanChange, plan: Plan, context: MappingContext): Annotation {
  const { title, description, end, goals = [], daysOff } = change;
  const parts = [
    title && said('title', title),
    description && said('description', description),
    end && `last day: ${end.to ?? 'open'} (was: ${end.from ?? 'open'})`,
    ...goals.map((goal) => said('goal', goal)),
    daysOff && `days off: ${daysText(daysOff.to)} (was: ${daysText(daysOff.from)})`,
  ].filter((part) => part !== undefined);
  return toNote(change, sentence(parts), plan, context);
}

function toNote(
  change: Pick<StepChange, 'at' | 'by' | 'reason' | 'via'>,
  text: string,
  { timeZone }: Plan,
  context: MappingContext,
): Annotation {
  const { at, by, reason } = change;
  const named = by !== undefined && mayBeNamed.test(by) ? { authorReference: toToldPerson(by, change, context) } : {};
  const why = reason === undefined ? '' : ` Reason: ${reason}`;
  return { ...named, time: toDateTime(at, timeZone), text: `${text}.${why}` };
}

function sentence(parts: readonly string[]): string {
  const text = parts.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** What was changed, in words: `Title: “Ask” (was “Say”); how often and by when: …` */
function changeText(change: StepChange): string {
  const { title, instructions, rationale, schedule, unlock, step, questionnaire, smaller, goesWith } = change;
  const parts = [
    smaller === undefined ? undefined : `A smaller step, ${smaller}, was put before it`,
    goesWith === undefined ? undefined : `Goes with step ${goesWith}, which is asked for another number of times`,
    title && said('title', title),
    instructions && said('instructions', instructions),
    rationale && said('rationale', rationale),
    schedule && `how often and by when: ${timesText(schedule.to)} (was: ${timesText(schedule.from)})`,
    unlock && `opens: ${unlock.to && unlockText(unlock.to)} (was: ${unlock.from && unlockText(unlock.from)})`,
    step && `place ${step.to} (was ${step.from})`,
    questionnaire && `form: ${questionnaire.to} (was ${questionnaire.from})`,
  ].filter((part) => part !== undefined);
  return sentence(parts);
}

function said(field: string, { from, to }: { readonly from?: string; readonly to?: string }): string {
  return `${field}: “${to ?? ''}”${from === undefined ? '' : ` (was “${from}”)`}`;
}

function daysText(daysOff: readonly DaysOff[] = []): string {
  return daysOff.map(({ from, to }) => (from === to ? from : `${from} to ${to}`)).join(', ') || 'none';
}

function timesText(schedule: Schedule | undefined): string {
  if (schedule === undefined) return 'not said';
  return schedule.type === 'event'
    ? `${scheduleText(schedule)}, ${schedule.window.start} to ${schedule.window.end}`
    : scheduleText(schedule);
}
