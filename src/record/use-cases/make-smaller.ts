import type { EhrReference, Schedule } from '../../homework/model.ts';
import { freshKey } from '../../homework/plan/fresh-key.ts';
import { makeSmallerStep, smallerBefore } from '../../homework/plan/make-smaller-step.ts';
import { revisionOf } from '../../homework/plan/step-words.ts';
import { assignmentById } from '../../homework/replace-in-state.ts';
import { canonicalOf } from '../../kinds/canonical-of.ts';
import { currentVersion } from '../../kinds/kind.ts';
import type { GivenForm } from '../../kinds/own/choose-form.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { type ChangedPlan, changePlan } from './change-plan.ts';
import { formLike } from './form-design.ts';
import { type NewAssignment, stepDesign } from './plan-design.ts';
import { personOf, requirePerson, viaOf } from './require-person.ts';
import { rulesOfTenant } from './rules-of-tenant.ts';

export interface MakeSmallerCommand {
  /** The step that is too hard. */
  readonly assignmentId: string;
  readonly basedOn: number;
  readonly by: EhrReference;
  readonly reason: string;
  /** What is left out comes from the hard step. */
  readonly smaller: Pick<NewAssignment, 'title' | 'schedule'> &
    Partial<Pick<NewAssignment, 'key' | 'instructions' | 'rationale' | 'lateGraceHours' | 'form'>>;
  readonly schedule?: Schedule;
}

/**
 * Puts a smaller step before one that is too hard, which waits for it. The same command again makes no second one.
 * @throws `unknown-artefact`, `version-conflict`, `illegal-move`, `plan-closed`, `schedule-never-occurs`, `invalid-request`
 */
export async function makeSmaller(
  record: HomeworkRecord,
  tenantId: string,
  { smaller, by, ...command }: MakeSmallerCommand,
): Promise<ChangedPlan> {
  requirePerson(record.actor, 'makeSmallerStep');
  const person = personOf(record.actor, by);
  return changePlan(record, tenantId, {
    of: { artefact: 'assignment', id: command.assignmentId },
    apply(state, at) {
      const hard = assignmentById(state, command.assignmentId);
      const { key, kind, lateGraceHours, reasons, instructions, rationale } = hard;
      const words = {
        ...(instructions === undefined ? {} : { instructions }),
        ...(rationale === undefined ? {} : { rationale }),
      };
      // of an edition that is over it can only be the same command again, and means the step that was made by the first
      const again = command.basedOn < revisionOf(hard) ? smallerBefore(hard) : undefined;
      const base = canonicalOf(currentVersion(record.kinds.kind(kind)).questionnaire);
      const asked = {
        lateGraceHours,
        reasons,
        ...words,
        key: again ?? freshKey(state.assignments, key),
        ...smaller,
        form: joined(formLike(record.kinds, hard, base), smaller.form),
      };
      const { unlock: _follows, ...design } = stepDesign(
        state.plan.id,
        { ...asked, kind, standing: false, unlock: { type: 'at-start' }, requester: person },
        { kinds: record.kinds, at, field: 'smaller.form' },
      );
      const rules = rulesOfTenant(record, tenantId, [...state.assignments, design]);
      return makeSmallerStep(state, { ...command, by: person, smaller: design, ...viaOf(record.actor) }, at, rules);
    },
  });
}

/** What is given of a form, and for the rest of it what the hard step has: each setting, and the names of each part. */
function joined(like: GivenForm, given: GivenForm = {}): GivenForm {
  return { settings: { ...like.settings, ...given.settings }, own: { ...like.own, ...given.own } };
}
