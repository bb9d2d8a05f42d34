import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { Assignment, Instant, PlanState, VersionedCanonical } from '../../homework/model.ts';
import { linksOf } from '../../homework/plan/links-of.ts';
import {
  currentForm,
  type FormChoice,
  type FormedStep,
  type OwnForm,
  ownFormCanonical,
} from '../../homework/plan/own-form.ts';
import { partsOf } from '../../homework/plan/rule-parts.ts';
import { sameValue } from '../../homework/plan/same-value.ts';
import type { KindRegister } from '../../kinds/kind-register.ts';
import { chooseForm, fittingChoice, type GivenForm } from '../../kinds/own/choose-form.ts';
import { kindsOfPlan } from '../../kinds/own/kinds-of-plan.ts';
import { differsFromKind } from '../../kinds/own/own-version.ts';
import { namedIn } from './check-links.ts';

/** Which form a step asks for, and its own forms with that. */
export interface Formed {
  readonly questionnaire: VersionedCanonical;
  readonly forms?: readonly OwnForm[];
}

interface NewForm {
  readonly step: Pick<FormedStep, 'id' | 'kind'>;
  /** The version of its kind that it is made with. */
  readonly base: VersionedCanonical;
  readonly given: GivenForm | undefined;
  readonly at: Instant;
  /** Where the form stands in what was asked: `assignments[2].form` */
  readonly field: string;
}

/**
 * The form of a new step: the kind's own where nothing of it is the plan's, else the first version of one of its own.
 * @throws IntersessionError `invalid-request` naming every field at fault
 */
export function newForm(kinds: KindRegister, { step, base, given = {}, at, field }: NewForm): Formed {
  const version = kinds.version(base);
  const choice = chooseForm(version, given, { earlier: [], field });
  if (!differsFromKind(version, choice)) return { questionnaire: base };
  return { questionnaire: ownFormCanonical(step, 1), forms: [{ version: 1, base, from: at, ...choice }] };
}

/**
 * The form of a step after another choice; empty when it is what was chosen already. It is made of the version of its kind that the step was
 * made with.
 * @throws IntersessionError `invalid-request` naming every field at fault
 */
export function changedForm(
  kinds: KindRegister,
  state: Pick<PlanState, 'assignments'>,
  { step, given, at }: { readonly step: Assignment; readonly given: GivenForm; readonly at: Instant },
): Partial<Formed> {
  const { forms = [] } = step;
  const now = currentForm(step);
  const base = now?.base ?? step.questionnaire;
  const version = kinds.version(base);
  const choice = chooseForm(version, given, { earlier: forms, field: 'form' });
  const stands: FormChoice = now ?? chooseForm(version, {}, { earlier: [], field: 'form' });
  if (sameValue(choice, { settings: stands.settings, own: stands.own })) return {};
  const number = forms.length + 1;
  const changed = { ...step, forms: [...forms, { version: number, base, from: at, ...choice }] };
  const questionnaire = ownFormCanonical(step, number);
  refuseWaitedFor(kinds, state, { was: step, step: { ...changed, questionnaire } });
  return { questionnaire, forms: changed.forms };
}

/** What of a step's form another step of its kind begins with. */
export function formLike(kinds: KindRegister, step: Assignment, base: VersionedCanonical): GivenForm {
  const form = currentForm(step);
  return form === undefined ? {} : fittingChoice(kinds.version(base), form);
}

/** Refuses to take out what a locked step waits for: it would never open. */
function refuseWaitedFor(
  kinds: KindRegister,
  { assignments }: Pick<PlanState, 'assignments'>,
  { was, step }: { readonly was: Assignment; readonly step: Assignment },
): void {
  const namedOf = (one: Assignment) => namedIn(kindsOfPlan(kinds, [one]).version(one.questionnaire));
  const [were, asked] = [namedOf(was), namedOf(step)];
  for (const { status, key, unlock } of assignments) {
    if (status !== 'draft') continue;
    const gone = partsOf(unlock)
      .flatMap((part) => (part.type === 'after' && part.after === step.key ? linksOf(part.criterion) : []))
      .map(([, linkId]) => linkId)
      .find((linkId) => were.has(linkId) && !asked.has(linkId));
    if (gone === undefined) continue;
    const problem = `leaves out ${gone}, by which step ${key} opens; change its rule first`;
    throw new IntersessionError('invalid-request', { issues: [{ path: 'form', problem }] }, `The form ${problem}.`);
  }
}
