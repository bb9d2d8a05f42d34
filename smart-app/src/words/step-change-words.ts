import type { StepView } from '../../../src/contract/app/plan-view.ts';
import type { Schedule } from '../../../src/homework/model.ts';
import { scheduleWords } from '../plan/times.ts';
import { type Place, writeDay, writeDayNear } from './dates.ts';
import { isolate } from './isolate.ts';
import { toldWords } from './told-words.ts';
import { unlockWords } from './unlock-words.ts';

export type StepChangeView = NonNullable<StepView['changes']>[number];

export interface ChangedAround {
  readonly now: string;
  readonly place: Place;
  /** Who reads it, as the EHR refers to them. */
  readonly reader: string;
  /** Names of people by how the EHR refers to them, as far as they are known. */
  readonly names: ReadonlyMap<string, string>;
}

/** When and by whom a step, or the plan, was changed: `Changed on Wed, Mar 18 by you`, `… by Dr. Jonas Lindqvist`, `… by a clinician`. */
export function changedBy(
  change: Pick<StepChangeView, 'at' | 'by' | 'reportedBy'>,
  { now, place, reader, names }: ChangedAround,
): string {
  const { by } = change;
  const told = change.reportedBy !== undefined;
  // whom a source system names is no sign-in: never "you"
  const who =
    by === undefined ? '' : by === reader && !told ? ' by you' : ` by ${isolate(names.get(by) ?? 'a clinician')}`;
  return `Changed on ${writeDayNear(change.at, now, place)}${who}${toldWords(change)}`;
}

/** What was changed, each in a few words: `2 times instead of 3 times`. What a step waits for goes with a smaller one before it. */
export function changedWords(change: StepChangeView, place: Place): readonly string[] {
  const { title, instructions, rationale, schedule, questionnaire, unlock, step, smaller, goesWith } = change;
  return [
    ...(smaller === undefined ? [] : [`Step ${smaller} comes before it, as a smaller step, and it waits for that one`]),
    ...(title === undefined ? [] : [`Title: “${isolate(title.to ?? '')}” instead of “${isolate(title.from ?? '')}”`]),
    ...(instructions === undefined ? [] : ['What to do was reworded']),
    ...(rationale === undefined ? [] : ['Why it is done was reworded']),
    ...(schedule?.from === undefined || schedule.to === undefined
      ? []
      : [timesChanged(schedule.from, schedule.to, place)]),
    ...(questionnaire === undefined ? [] : ['What its form asks']),
    ...(unlock?.to === undefined || smaller !== undefined
      ? []
      : [
          `${unlockWords(unlock.to, place)}${goesWith === undefined ? '' : `, as step ${goesWith} is asked for another number of times`}`,
        ]),
    ...(step === undefined ? [] : ['Its place in the plan']),
  ];
}

/** `2 times instead of 3 times`, or `once, by Fri, Mar 27 instead of once, by Wed, Mar 18`: only what is different. */
export function timesChanged(from: Schedule, to: Schedule, place: Place): string {
  if (from.type === 'event' && to.type === 'event') {
    const parts = [
      ...(from.count === to.count ? [] : [`${times(to.count)} instead of ${times(from.count)}`]),
      ...(from.event === to.event ? [] : [`${isolate(to.event)} instead of ${isolate(from.event)}`]),
      ...(from.window.start === to.window.start && from.window.end === to.window.end
        ? []
        : [`${days(to.window, place)} instead of ${days(from.window, place)}`]),
    ];
    if (parts.length > 0) return parts.join(', ');
  }
  return `${scheduleWords(to, place)} instead of ${scheduleWords(from, place)}`;
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

function days({ start, end }: { readonly start: string; readonly end: string }, place: Place): string {
  const zone = { ...place, timeZone: 'UTC' };
  return `${writeDay(`${start}T12:00:00.000Z`, zone)} to ${writeDay(`${end}T12:00:00.000Z`, zone)}`;
}
