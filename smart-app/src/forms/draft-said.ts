import type { LogView } from '../../../src/contract/app/plan-view.ts';
import { defined } from '../../../src/foundation/defined.ts';
import { answersTo, begunFrom, type DraftSaid, mergeDrafts, saysSame } from '../../../src/homework/log/merge-drafts.ts';
import type { DraftCopy } from '../session/draft-copy.ts';
import { checkAnswers, sendableAnswers, timeOfLog } from './check-answers.ts';
import { withoutGivenAnew } from './given-anew.ts';
import { isEnabled } from './is-enabled.ts';
import { type Field, questionsOf } from './read-questionnaire.ts';

/** What the service has of a log. */
export function saidOf({ performedAt, timeOpen, answers, withheld, others }: LogView): DraftSaid {
  return { ...(timeOpen ? {} : { performedAt }), answers, withheld, ...defined({ others }) };
}

/** linkIds of answers that are not sent as they are, and `timeOfLog` for its time. */
export type LeftOut = Pick<ReadonlyMap<string, unknown>, 'has'>;
const nothing: LeftOut = new Set<string>();

/**
 * What a page sends of a draft: of questions that do not apply just now, the answers wait. A time that can't be sent as it is
 * is sent as the service has it.
 */
export function saidToSend(fields: readonly Field[], draft: DraftCopy, leftOut = nothing): DraftSaid {
  const { others } = draft;
  const performedAt = leftOut.has(timeOfLog) ? draft.base?.performedAt : draft.performedAt;
  const all = Object.entries(sendableAnswers(fields, draft.answers));
  const answers = Object.fromEntries(all.filter(([linkId]) => !leftOut.has(linkId)));
  const applies = new Set(applying(fields, draft.answers).map(({ linkId }) => linkId));
  const waiting = questionsOf(fields).flatMap((field): [string, readonly unknown[]][] => {
    const known = others?.answers[field.linkId] ?? [];
    const own = applies.has(field.linkId) ? [] : answersTo({ ...draft, others: undefined }, field.linkId);
    const all = [...own, ...known].filter((answer) => isSendable(field, answer));
    return all.length === 0 ? [] : [[field.linkId, all]];
  });
  const times = others?.performedAt ?? [];
  return {
    ...defined({ performedAt }),
    answers,
    withheld: draft.withheld,
    ...(waiting.length === 0 && times.length === 0
      ? {}
      : { others: { answers: Object.fromEntries(waiting), performedAt: times } }),
  };
}

/** Whether the service has all of it, when it has this. */
export function isAllOf(fields: readonly Field[], draft: DraftCopy, kept: DraftSaid): boolean {
  return saysSame(saidToSend(fields, draft), kept) && checkAnswers(fields, draft.answers, false).length === 0;
}

/** What has changed from one state of a draft to another, as far as it is sent: linkIds, and `timeOfLog`. */
export function changedIn(fields: readonly Field[], before: DraftCopy, after: DraftCopy): readonly string[] {
  const [one, other] = [saidToSend(fields, before), saidToSend(fields, after)];
  const time = ({ performedAt, others }: DraftSaid): DraftSaid => ({
    ...{ performedAt, answers: {}, withheld: [] },
    others: { answers: {}, performedAt: others?.performedAt ?? [] },
  });
  const alone = (said: DraftSaid, linkId: string): DraftSaid => ({
    ...{ answers: {}, withheld: said.withheld.filter((name) => name === linkId) },
    others: { answers: { [linkId]: answersTo(said, linkId) }, performedAt: [] },
  });
  const changed = questionsOf(fields).flatMap(({ linkId }) =>
    saysSame(alone(one, linkId), alone(other, linkId)) ? [] : [linkId],
  );
  return saysSame(time(one), time(other)) ? changed : [timeOfLog, ...changed];
}

/**
 * A draft joined with what the service has of it now.
 * @param base what this device began from; absent: as the draft says
 */
export function joinWith(
  fields: readonly Field[],
  draft: DraftCopy,
  { theirs, base = beganFrom(draft) }: { readonly theirs: DraftSaid; readonly base?: DraftSaid },
): DraftCopy {
  const { sent: _sent, performedAt: _when, others: _before, ...rest } = draft;
  const { performedAt, answers, withheld, others } = mergeDrafts({
    base,
    theirs,
    mine: draft,
    isText: textsOf(fields),
  });
  return { ...rest, answers, withheld, ...defined({ performedAt, others }), base: theirs };
}

/** What a device began from, and what it has sent since without an answer. */
export function beganFrom(draft: DraftCopy): DraftSaid {
  const { base, sent = [] } = draft;
  return withoutGivenAnew(begunFrom([base ?? { answers: {}, withheld: [] }, ...sent], draft), draft);
}

/** The questions that apply and still have more than one answer. */
export function undecided(fields: readonly Field[], draft: DraftCopy): readonly Field[] {
  return applying(fields, draft.answers).filter(({ linkId }) => (draft.others?.answers[linkId] ?? []).length > 0);
}

export function textsOf(fields: readonly Field[]): (linkId: string) => boolean {
  const texts = new Set(
    questionsOf(fields).flatMap(({ type, linkId }) => (type === 'string' || type === 'text' ? [linkId] : [])),
  );
  return (linkId) => texts.has(linkId);
}

function applying(fields: readonly Field[], answers: DraftCopy['answers']): readonly Field[] {
  return fields.flatMap((field) =>
    isEnabled(field, answers)
      ? [...(field.type === 'group' || field.type === 'display' ? [] : [field]), ...applying(field.fields, answers)]
      : [],
  );
}

/** Whether it would be taken, if its question applied. */
function isSendable(field: Field, answer: unknown): boolean {
  const alone: Field = { ...field, item: { ...field.item, enableWhen: [] }, asks: [], fields: [] };
  return checkAnswers([alone], { [field.linkId]: answer }, false).length === 0;
}
