import type { LogView } from '../../../src/contract/app/plan-view.ts';
import { defined } from '../../../src/foundation/defined.ts';
import { isObject } from '../../../src/foundation/is-object.ts';
import type { PredictionParts } from '../../../src/homework/homework-rules.ts';
import type { Instant } from '../../../src/homework/model.ts';
import type { DraftCopy } from '../session/local-copy.ts';
import { sendableAnswers } from './check-answers.ts';
import { hasOutcome } from './locked-predictions.ts';
import type { Field } from './read-questionnaire.ts';

/** What is known of a log when its form is opened. */
export interface DraftStart {
  readonly subject: string;
  readonly occurrenceId?: string;
  readonly fields: readonly Field[];
  readonly performedAt: Instant;
  readonly predictionParts?: PredictionParts | undefined;
  /** What the service has of it: the log that was begun, or the one that is being corrected. */
  readonly begun?: LogView;
}

/**
 * What a form begins with: what the service has or what is on this device, whichever was written last. Where another device has
 * saved something else since, and this one has words that never came to the service, the form begins with what was saved, and
 * holds the other version (`others`): of neither is a word lost, and none passes for the other.
 */
export function firstDraft(options: DraftStart, copy: DraftCopy | undefined): DraftCopy {
  const { begun, subject, occurrenceId, performedAt } = options;
  if (copy !== undefined && (copy.synced ? isNewest(copy, options) : !isOvertaken(copy, options))) return copy;
  if (begun !== undefined) {
    const saved = fromService(begun, options);
    if (copy === undefined) return saved;
    const { others = [], ...unsent } = copy;
    const kept = copy.synced ? others : [unsent, ...others];
    return kept.length === 0 ? saved : { ...saved, others: kept };
  }
  return {
    subject,
    logId: crypto.randomUUID(),
    ...defined({ occurrenceId }),
    performedAt,
    answers: {},
    withheld: [],
    synced: false,
  };
}

/** Takes the next version up and lets this one wait: it is the same log, and is to be saved as it. */
export function otherVersion(draft: DraftCopy): DraftCopy {
  const { others: [next, ...rest] = [], ...current } = draft;
  if (next === undefined) return draft;
  const { logId, savedAt } = current;
  const { savedAt: _before, ...shown } = next;
  return { ...shown, logId, ...defined({ savedAt }), synced: false, others: [...rest, current] };
}

function fromService(begun: LogView, { subject, predictionParts: parts }: DraftStart): DraftCopy {
  const locked = parts === undefined || hasOutcome(begun.answers, parts) ? begun.predicted?.linkIds : undefined;
  return {
    subject,
    logId: begun.id,
    ...defined({ occurrenceId: begun.occurrenceId }),
    performedAt: begun.performedAt,
    answers: begun.answers,
    withheld: begun.withheld,
    ...defined({ locked }),
    synced: true,
    savedAt: begun.authored,
  };
}

/** Whether the service has nothing newer than this copy, as far as the page knows, and it is for the time that is due. */
function isNewest(copy: DraftCopy, { begun, occurrenceId }: DraftStart): boolean {
  if (begun === undefined) return copy.occurrenceId === occurrenceId;
  return begun.id === copy.logId && (copy.savedAt ?? '') >= begun.authored;
}

/**
 * Whether the service has something else for the same time, which this device has not seen. What it has may be this device's
 * own last save, whose answer never came back: then it says the same.
 */
function isOvertaken(copy: DraftCopy, options: DraftStart): boolean {
  const { begun, fields } = options;
  if (begun === undefined || begun.occurrenceId !== copy.occurrenceId || isNewest(copy, options)) return false;
  const said = ({ performedAt, answers, withheld }: DraftCopy | LogView): string => {
    const sent = sendableAnswers(fields, answers);
    return inOrder([Date.parse(performedAt), sent, withheld.filter((linkId) => linkId in sent).sort()]);
  };
  return said(copy) !== said(begun);
}

/** The same text for the same value, whatever the order of its keys. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}
