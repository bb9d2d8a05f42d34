import type { KindView, PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { StepView } from '../../../src/contract/app/plan-view.ts';
import type { Schedule } from '../../../src/homework/model.ts';
import { sameValue } from '../../../src/homework/plan/same-value.ts';
import type { ChoiceOf } from '../plan/form-choice.ts';
import { scheduleDraft, scheduleIn } from '../plan/schedule-draft.ts';
import { type StepDays, suggestedDay } from '../plan/suggested-day.ts';
import { versionOf } from '../plan/version-of.ts';
import type { StepDraft } from './step-draft.ts';

/** Every kind once, as a new step of it would be: that version has defaults. Forms of a plan’s own are of no new step. */
export function offeredKinds({ kinds }: Pick<PatientHomework, 'kinds'>): readonly KindView[] {
  const offered = kinds.filter(({ defaults }) => defaults !== undefined);
  return [...new Map((offered.length === 0 ? kinds : offered).map((kind) => [kind.slug, kind])).values()];
}

/** What of a step's form is the plan's own: by the version that it has, else by the newest of its kind. */
export function choiceOf(homework: PatientHomework, step: Pick<StepView, 'questionnaire' | 'kind'>): ChoiceOf {
  const newest = offeredKinds(homework).find(({ slug }) => slug === step.kind);
  return versionOf(homework, step.questionnaire) ?? newest ?? {};
}

export type StepOpens = 'now' | 'after' | 'clinician' | 'standing';

interface Chosen {
  readonly was: string;
  readonly is: string;
  readonly draft: StepDraft;
  readonly opens: StepOpens;
  readonly days: StepDays;
}

/** When a new step is to be done while nobody has chosen another kind than the first. */
export function firstSchedule(days: StepDays): Schedule {
  return { type: 'once', by: suggestedDay(days) };
}

/**
 * What a step begins with when its kind is chosen: the kind's own title, words and times, and how it opens. What a clinician has
 * written or chosen stays: a field goes with the kind only while it is as it was at first, or as the kind that was chosen before has it.
 */
export function newStepOf(
  kinds: readonly KindView[],
  { was, is, draft, opens, days }: Chosen,
): { readonly words: Partial<StepDraft>; readonly opens?: StepOpens } {
  const [before, after] = [was, is].map((slug) => kinds.find((kind) => kind.slug === slug));
  const own = after?.defaults;
  if (after === undefined || own === undefined || was === is) return { words: {} };
  const follow = (field: 'title' | 'instructions' | 'rationale', old: string | undefined, now: string) =>
    draft[field].trim() === '' || draft[field] === old ? { [field]: now } : {};
  const schedule = scheduleIn(draft);
  const given = [scheduleOf(before), ...(before === kinds[0] ? [firstSchedule(days)] : [])];
  const isAsGiven = given.some((other) => sameValue(schedule, other));
  return {
    words: {
      ...follow('title', before?.title, after.title),
      ...follow('instructions', before?.defaults?.instructions, own.instructions),
      ...follow('rationale', before?.defaults?.rationale, own.rationale),
      ...(isAsGiven ? scheduleDraft(scheduleOf(after), days) : {}),
    },
    ...(opens === opensOf(before) ? { opens: opensOf(after) } : {}),
  };
}

/** How often a kind is done; what says nothing of it is done once within a week. */
function scheduleOf(kind: KindView | undefined): Schedule {
  return kind?.defaults?.schedule ?? { type: 'once-within', days: 7 };
}

/** What opens a step of this kind, where nothing else is said. */
export function opensOf(kind: KindView | undefined): StepOpens {
  if (kind?.defaults?.standing) return 'standing';
  return kind?.defaults?.unlockedByClinician ? 'clinician' : 'now';
}
