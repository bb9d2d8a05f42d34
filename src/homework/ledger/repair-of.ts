import type { FindingKind } from './finding-kind.ts';

/**
 * What a repair does about a finding. `mends`: what is missing is sent again, what was altered is written over, where it
 * stands now is taken over. `lets-go`: nothing is written; it counts as landed no more, and a person says on its page where
 * it stands. `leaves`: it is left to a person.
 */
export type RepairEffect = 'mends' | 'lets-go' | 'leaves';

const effects: Readonly<Record<FindingKind, RepairEffect>> = {
  missing: 'mends',
  altered: 'mends',
  status: 'mends',
  'newer-version': 'mends',
  refiled: 'mends',
  'other-patient': 'lets-go',
  'other-resource': 'lets-go',
  'beyond-repair': 'leaves',
  'entered-in-error': 'leaves',
  doubled: 'leaves',
  unsettled: 'leaves',
  unreadable: 'leaves',
};

const todos: Readonly<Partial<Record<FindingKind, string>>> = {
  'other-patient':
    'Look at it in the EHR. If it was moved by mistake, have it moved back there and check again: no repair moves it.',
  'other-resource':
    'Look at it in the EHR. If it was put there by mistake, have that put right there and check again: no repair writes over it.',
  'beyond-repair': 'Have what stands there put right in the EHR by hand: no repair writes over it.',
  'entered-in-error': 'Ask in the EHR why it was marked. If that was itself a mistake, have the mark taken back there.',
  doubled: 'Look at them in the EHR, and have all but one marked as a mistake there.',
  unreadable: 'Have the service allowed to read it in the EHR, then check again.',
};

const decideOnPage = 'Look for it in the EHR, and say with this row where it stands, or that it is not there.';

/** A finding as far as it says what becomes of it; of a kind that is not known here, nothing is said. */
export interface FoundDifference {
  readonly kind: string;
  /** What a repair did about it; null: nothing. */
  readonly repaired: string | null;
  /** What explains it by now; null or absent: nothing. */
  readonly meanwhile?: string | null | undefined;
}

/** What a repair would do about it as it stands; what is repaired already, or explained by now, is left alone. */
export function repairOf({ kind, repaired, meanwhile }: FoundDifference): RepairEffect {
  return repaired === null && (meanwhile ?? null) === null && isKnown(kind) ? effects[kind] : 'leaves';
}

/** What a person has to do about it; undefined: nothing, or a repair can do it. */
export function personTodo({ kind, repaired, meanwhile }: FoundDifference): string | undefined {
  if (!isKnown(kind) || (meanwhile ?? null) !== null) return undefined;
  if (repaired === null) return todos[kind];
  return effects[kind] === 'lets-go' ? decideOnPage : undefined;
}

/**
 * What can be begun from a check that has ended, by all that it found: a repair that mends something, or, where nothing can
 * be mended, one that lets go of what is not ours to write over. After a repair another check comes first: what that one
 * left, the next would leave.
 */
export function nextRepair(
  check: { readonly repair: boolean; readonly kinds: Readonly<Record<string, number | undefined>> },
  { differences, more }: { readonly differences: readonly FoundDifference[]; readonly more: boolean },
): 'mends' | 'lets-go' | undefined {
  if (check.repair) return undefined;
  const unseen = more ? Object.keys(check.kinds).map((kind) => ({ kind, repaired: null })) : [];
  const effectsOfAll = new Set([...differences, ...unseen].map(repairOf));
  if (effectsOfAll.has('mends')) return 'mends';
  return effectsOfAll.has('lets-go') ? 'lets-go' : undefined;
}

const isKnown = (kind: string): kind is FindingKind => Object.hasOwn(effects, kind);
