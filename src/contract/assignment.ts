import { z } from 'zod';
import { assignmentStatuses, businessStatuses } from '../homework/plan/assignment.ts';
import { barrierBody } from './barrier.ts';
import { decidedShape, revision } from './decided.ts';
import { chosenForm, formChoice } from './form.ts';
import { schedule, unlockRule } from './schedule.ts';
import { reportedByField, reportedByShape } from './told.ts';
import {
  barrierCode,
  instant,
  longText,
  personReference,
  reason,
  shortText,
  stepKey,
  versionedCanonical,
} from './values.ts';

/** What it was, and what it became. */
const changed = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({ from: value.exactOptional(), to: value.exactOptional() }).exactOptional();

const stepChangeShape = z
  .strictObject({
    ...decidedShape,
    title: changed(z.string()),
    instructions: changed(z.string()),
    rationale: changed(z.string()),
    schedule: changed(schedule),
    unlock: changed(unlockRule),
    step: changed(z.number().int()).describe('Its place in the plan'),
    questionnaire: changed(versionedCanonical).describe('Its form: other names or settings, so another version'),
    smaller: z.string().exactOptional().describe('Key of the smaller step that was put before it'),
    goesWith: z
      .string()
      .exactOptional()
      .describe('Key of the step whose number of times was changed: its rule goes with that'),
  })
  .meta({ id: 'StepChange' });

export const assignmentShape = z
  .strictObject({
    id: z.string(),
    planId: z.string(),
    patientId: z.string(),
    key: z.string().describe('Its name inside the plan: `4a`'),
    step: z.number().int().describe('Its place in the plan, from 1'),
    kind: z.string(),
    title: z.string(),
    instructions: z.string().exactOptional(),
    rationale: z.string().exactOptional(),
    questionnaire: versionedCanonical,
    form: chosenForm
      .exactOptional()
      .describe('What is the plan’s own in its form; absent: nothing, it is filled in as it stands in the library'),
    definition: versionedCanonical.exactOptional(),
    status: z.enum(assignmentStatuses),
    businessStatus: z.enum(businessStatuses),
    statusReason: z.strictObject({ code: barrierCode.exactOptional(), text: z.string() }).exactOptional(),
    schedules: z.array(z.strictObject({ schedule, from: instant, until: instant.exactOptional() })),
    standing: z
      .literal(true)
      .exactOptional()
      .describe('It stands beside the ladder: open from the plan’s start to its end, and neither locks nor is locked'),
    pauses: z.array(
      z.strictObject({ from: instant, until: instant.exactOptional(), reason: z.string().exactOptional() }),
    ),
    pausedFrom: z.enum(businessStatuses).exactOptional(),
    unlock: unlockRule,
    unlocked: z
      .strictObject({ at: instant, by: personReference.exactOptional(), reason: z.string().exactOptional() })
      .exactOptional()
      .describe(
        'The last time that it was unlocked: by whom and why where a person did it by hand, else by its rule. Absent: never, or before this was kept. Not shown to the patient',
      ),
    lateGraceHours: z.number(),
    authoredOn: instant,
    lastModified: instant,
    requester: z.string().exactOptional(),
    ...reportedByField,
    reportedMove: z
      .strictObject({ event: z.string(), at: instant, reportedBy: reportedByShape })
      .exactOptional()
      .describe('The last move that a source system told, and whom it named'),
    reasons: z.array(z.string()),
    unlockedAt: instant.exactOptional(),
    endedAt: instant.exactOptional(),
    changes: z
      .array(stepChangeShape)
      .exactOptional()
      .describe('What was changed of its design while the plan ran, the earliest first'),
    revision: revision.exactOptional(),
  })
  .meta({ id: 'Assignment' });

const actor = personReference.describe('Who decided it, as you tell it: `Practitioner/17`');
const barrier = z.strictObject(barrierBody);

/** `POST /assignments/{assignmentId}/moves`. */
export const moveAssignmentBody = z
  .discriminatedUnion('event', [
    z.strictObject({ event: z.literal('unlock'), actor, reason, schedule: schedule.exactOptional() }),
    z.strictObject({ event: z.literal('relock'), actor, reason }),
    z.strictObject({
      event: z.literal('regrade'),
      actor,
      reason,
      title: shortText.exactOptional(),
      instructions: longText.exactOptional(),
      schedule: schedule.exactOptional(),
    }),
    z.strictObject({ event: z.literal('seen') }),
    z.strictObject({ event: z.literal('agree') }),
    z.strictObject({ event: z.literal('decline'), barrier }),
    z.strictObject({ event: z.literal('stop'), barrier }),
    z.strictObject({ event: z.literal('pause'), reason: reason.exactOptional() }),
    z.strictObject({ event: z.literal('resume') }),
    z.strictObject({ event: z.literal('accept-as-done'), actor, reason: reason.exactOptional() }),
    z.strictObject({ event: z.literal('withdraw'), actor, reason }),
    z.strictObject({ event: z.literal('mistake'), reason: reason.exactOptional() }),
  ])
  .meta({ id: 'MoveAssignment' });

const basedOn = z
  .number()
  .int()
  .min(1)
  .describe('`revision` as you have read it; another stands there now: `version-conflict`');

/** `PATCH /assignments/{assignmentId}`. */
export const changeAssignmentBody = z
  .strictObject({
    basedOn,
    actor,
    reason: reason.exactOptional(),
    title: shortText.exactOptional(),
    instructions: longText.exactOptional(),
    rationale: longText.exactOptional(),
    schedule: schedule.exactOptional(),
    unlock: unlockRule.exactOptional().describe('Of a locked step only'),
    form: formChoice
      .exactOptional()
      .describe(
        'From now on; a part that is named is given whole, what is not named stays. What was begun is finished in the form in which it was begun',
      ),
    step: z
      .number()
      .int()
      .min(1)
      .max(1000)
      .exactOptional()
      .describe('Its place in the plan; of a step only that was not open yet'),
  })
  .meta({ id: 'ChangeAssignment' });

/** `POST /assignments/{assignmentId}/smaller`. */
export const makeSmallerStepBody = z
  .strictObject({
    basedOn,
    actor,
    reason,
    smaller: z.strictObject({
      key: stepKey.exactOptional().describe('Default: that of the hard step with a number, `4b-1`'),
      title: shortText,
      instructions: longText.exactOptional().describe('Default: those of the hard step'),
      rationale: longText.exactOptional().describe('Default: that of the hard step'),
      schedule,
      form: formChoice.exactOptional().describe('Default: as in the hard step'),
      lateGraceHours: z.number().int().min(0).max(336).exactOptional(),
    }),
    schedule: schedule
      .exactOptional()
      .describe(
        'When the hard step is to be done then; default: once within days of its opening, or as often as before',
      ),
  })
  .meta({ id: 'MakeSmallerStep' });
