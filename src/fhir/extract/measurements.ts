import type { Extension } from 'fhir/r4';
import type { FormItem } from './extracted-form.ts';
import { type MeasureIdentity, measureIdentity } from './measure-identity.ts';
import type { MeasuredItem } from './measured-answers.ts';
import { type MeasuredValue, measuredValue } from './measured-value.ts';
import { laterBy, readingOffset } from './reading-time.ts';
import { TIME_OFFSET } from './sdc.ts';

/** One part of an Observation. */
export interface MeasuredPart {
  readonly form: FormItem;
  readonly value: MeasuredValue;
  readonly extension?: Extension[];
}

/** What becomes one Observation. */
export interface Measurement {
  readonly form: FormItem;
  readonly identity: MeasureIdentity;
  readonly value: MeasuredValue | undefined;
  readonly components: readonly MeasuredPart[];
  readonly members: readonly MeasureIdentity[];
  /** Beside the response. */
  readonly derivedFrom: readonly MeasureIdentity[];
  readonly effective: string;
  /** linkIds of the items whose answers it tells. */
  readonly tells: ReadonlySet<string>;
}

interface Draft {
  readonly measured: MeasuredItem;
  readonly identity: MeasureIdentity;
  value: MeasuredValue | undefined;
  readonly components: MeasuredPart[];
  readonly members: Draft[];
  readonly effective: string;
  readonly tells: Set<string>;
}

/** FHIR's integer has 32 bits. */
const mostMilliseconds = 2 ** 31 - 1;

/**
 * The measured items of a response as what becomes of them: each an Observation, or a component of the one around it. An item without a
 * value becomes nothing, a panel without parts neither.
 * @param performedAt dateTime with its offset
 */
export function measurements(
  measured: readonly MeasuredItem[],
  logId: string,
  performedAt: string,
): readonly Measurement[] {
  const drafts = new Map<MeasuredItem, Draft>();
  for (const item of measured) {
    const { form, parent } = item;
    const around = parent && drafts.get(parent);
    const offset = item.timing && readingOffset(item.timing, performedAt);
    const parts = partsOf(item);
    if (form.relation === 'component' && around !== undefined) {
      const isSaid = offset !== undefined && Math.abs(offset) <= mostMilliseconds;
      const extension = isSaid ? [{ url: TIME_OFFSET, valueInteger: offset }] : undefined;
      around.components.push(...parts.map((part) => ({ ...part, ...(extension && { extension }) })));
      if (parts.length > 0) around.tells.add(form.item.linkId);
      continue;
    }
    const draft = draftOf(item, parts, logId, offset === undefined ? performedAt : laterBy(performedAt, offset));
    drafts.set(item, draft);
    if (form.relation === 'member') around?.members.push(draft);
  }
  return [...drafts.values()].filter(says).map((draft) => settled(draft, drafts));
}

function draftOf(measured: MeasuredItem, parts: readonly MeasuredPart[], logId: string, effective: string): Draft {
  const { form, instance } = measured;
  const { linkId, repeats, type } = form.item;
  // one that may be answered several times has a part for each, however many there are: its identity tells no answer
  const isSeveral = repeats === true && type !== 'group';
  return {
    measured,
    identity: measureIdentity(logId, linkId, instance),
    value: isSeveral ? undefined : parts[0]?.value,
    components: isSeveral ? [...parts] : [],
    members: [],
    effective,
    tells: new Set(parts.length > 0 ? [linkId] : []),
  };
}

function partsOf({ form, answers }: MeasuredItem): readonly MeasuredPart[] {
  const parts = answers.flatMap((answer) => {
    const value = measuredValue(form.item, answer);
    return value === undefined ? [] : [{ form, value }];
  });
  return form.item.repeats === true ? parts : parts.slice(0, 1);
}

/** Whether it says anything: a value, a part, or a member that does. */
function says({ value, components, members }: Draft): boolean {
  return value !== undefined || components.length > 0 || members.some(says);
}

function settled(draft: Draft, drafts: ReadonlyMap<MeasuredItem, Draft>): Measurement {
  const { measured, identity, value, components, members, effective, tells } = draft;
  const { form, parent } = measured;
  const around = form.relation === 'derived' && parent !== undefined ? drafts.get(parent) : undefined;
  return {
    ...{ form, identity, value, components, effective, tells },
    members: members.filter(says).map((member) => member.identity),
    derivedFrom: around !== undefined && says(around) ? [around.identity] : [],
  };
}
