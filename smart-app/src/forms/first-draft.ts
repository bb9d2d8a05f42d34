import type { LogView } from '../../../src/contract/app/plan-view.ts';
import { defined } from '../../../src/foundation/defined.ts';
import type { PredictionParts } from '../../../src/homework/homework-rules.ts';
import { type DraftSaid, nothingSaid, saysSame } from '../../../src/homework/log/merge-drafts.ts';
import { sameAnswer } from '../../../src/homework/log/same-answer.ts';
import type { DraftCopy } from '../session/draft-copy.ts';
import { isAllOf, joinWith, saidOf } from './draft-said.ts';
import { hasOutcome } from './locked-predictions.ts';
import type { Field } from './read-questionnaire.ts';

/** What is known of a log when its form is opened. */
export interface DraftStart {
  readonly subject: string;
  readonly occurrenceId?: string;
  readonly fields: readonly Field[];
  /** Whether the service keeps it while it is written; else only this device does. */
  readonly saveAtService: boolean;
  readonly predictionParts?: PredictionParts | undefined;
  /** What is kept to oneself until one chooses to share it. */
  readonly keptToSelf?: readonly string[] | undefined;
  /** What the service has of it: the log that was begun, or the one that is being corrected. */
  readonly begun?: LogView;
  /** The version of its plan in which it stood so. */
  readonly version?: number;
}

export interface FirstDraft {
  readonly draft: DraftCopy;
  /** What stands on this device besides and is another log. */
  readonly rest: readonly DraftCopy[];
  /** It was joined from several, of which no one is needed any more. */
  readonly joined: boolean;
  /** Words came to it that this device did not have, or that another of its tabs had. */
  readonly elsewhere: boolean;
}

/**
 * What a form begins with: what the service has, joined item by item with what stands on this device and never came to the
 * service. Of none of them is a word lost; logs of different times stay different logs.
 */
export function firstDraft(options: DraftStart, copies: readonly DraftCopy[]): FirstDraft {
  const { begun, fields, saveAtService } = options;
  const [own] = copies;
  const unsent = copies.filter(({ synced }) => !synced);
  const saved = own?.synced && isNewest(own, options) ? own : begun && fromService({ ...options, begun }, unsent);
  const [first] = unsent;
  // what was begun here for another time comes first, for it is nowhere else
  const start = first !== undefined && (saved === undefined || !goTogether(saved, first)) ? first : saved;
  if (start === undefined) return { draft: nothingYet(options), rest: [], joined: false, elsewhere: false };
  // without the service two papers are two logs
  const isPart = (copy: DraftCopy) =>
    copy !== start && (saveAtService || saved !== undefined) && goTogether(start, copy);
  const parts = unsent.filter(isPart);
  const rest = unsent.filter((copy) => copy !== start && !parts.includes(copy));
  if (parts.length === 0) return { draft: lockedNow(start, options), rest, joined: false, elsewhere: false };
  const joined = parts.reduce((draft, copy) => addCopy(fields, draft, copy), start);
  const synced = start.synced && isAllOf(fields, joined, start.base ?? nothingSaid);
  const fromHere = start === saved ? parts : [start, ...parts];
  const elsewhere =
    fromHere.length > 1 || (saved?.base !== undefined && !parts.every((copy) => hasHeard(copy, saved.base)));
  return { draft: lockedNow({ ...joined, synced }, options), rest, joined: true, elsewhere };
}

function nothingYet({ subject, occurrenceId, keptToSelf = [] }: DraftStart): DraftCopy {
  return {
    ...{ subject, logId: crypto.randomUUID(), ...defined({ occurrenceId }) },
    ...{ answers: {}, withheld: keptToSelf, synced: false },
  };
}

/** What the service has: as the page was loaded with it, or as a copy has heard of it since. */
function fromService(known: Known, copies: readonly DraftCopy[]): DraftCopy {
  const { begun, subject } = known;
  const heard = copies.find((copy) => copy.logId === begun.id && ageBeside(known, copy) < 0);
  const base = heard?.base ?? saidOf(begun);
  const { performedAt, answers, withheld, others } = base;
  return {
    ...{ subject, logId: begun.id, ...defined({ occurrenceId: begun.occurrenceId }) },
    ...defined({ performedAt, others }),
    ...{ answers, withheld, synced: true, savedAt: heard?.savedAt ?? begun.authored, base },
    ...defined({ version: heard === undefined ? known.version : heard.version }),
    ...defined({ locked: begun.predicted?.linkIds ?? heard?.locked }),
  };
}

/** A draft with what a copy on this device has besides. */
function addCopy(fields: readonly Field[], draft: DraftCopy, copy: DraftCopy): DraftCopy {
  const { answers, withheld, performedAt, others } = joinWith(fields, copy, { theirs: draft });
  const { performedAt: _when, others: _waiting, anew: _given, ...rest } = draft;
  return {
    ...{ ...rest, answers, withheld, ...defined({ performedAt, others }) },
    ...defined({ locked: draft.locked ?? copy.locked, anew: bothAnew(draft, copy, answers) }),
  };
}

/** Risk answers that either has given anew, where they stand. */
function bothAnew(draft: DraftCopy, copy: DraftCopy, answers: DraftCopy['answers']): readonly string[] | undefined {
  const given = [draft, copy].flatMap(({ anew = [], answers: own }) =>
    anew.filter((linkId) => sameAnswer(own[linkId], answers[linkId])),
  );
  return given.length === 0 ? undefined : [...new Set(given)];
}

/** Predictions are locked only while an outcome is written. */
function lockedNow(draft: DraftCopy, { predictionParts: parts }: DraftStart): DraftCopy {
  if (parts === undefined || hasOutcome(draft.answers, parts)) return draft;
  const { locked: _open, ...rest } = draft;
  return rest;
}

/** Whether two are of one log: by its id, or begun in two places for the same time. */
function goTogether(one: DraftCopy, other: DraftCopy): boolean {
  return one.logId === other.logId || one.occurrenceId === other.occurrenceId;
}

/** Whether the service has nothing newer than this copy, as far as the page knows, and it is for the time that is due. */
function isNewest(copy: DraftCopy, { begun, occurrenceId, ...start }: DraftStart): boolean {
  if (begun === undefined) return copy.occurrenceId === occurrenceId;
  return begun.id === copy.logId && ageBeside({ ...start, begun }, copy) <= 0;
}

type Known = Pick<DraftStart, 'subject' | 'version'> & { readonly begun: LogView };

/**
 * Above 0: what was loaded of a log is newer than what a draft has last heard of it; below 0: older. By the version of the plan,
 * for two savings may have one time.
 */
export function ageBeside({ begun, version }: Pick<Known, 'begun' | 'version'>, copy: DraftCopy): number {
  if (version !== undefined && copy.version !== undefined) return version - copy.version;
  return begun.authored.localeCompare(copy.savedAt ?? '');
}

/** Whether a device has had, or sent, all that the service has. */
function hasHeard(copy: DraftCopy, theirs: DraftSaid | undefined): boolean {
  const known = [copy.base ?? nothingSaid, ...(copy.sent ?? []), copy];
  return theirs === undefined || known.some((said) => saysSame(said, theirs));
}
