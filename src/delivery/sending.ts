import { type Contradiction, contradicts } from '../ehr/correction.ts';
import type { EhrAccess } from '../ehr/ehr-access.ts';
import type { EhrFailure } from '../ehr/ehr-failure.ts';
import type { WriteAnswer } from '../ehr/write-answer.ts';
import { type ClaimedGroup, type RowResult, stillPending, untouchedState } from './claimed-group.ts';
import { doubtOf, underWayUntil } from './doubt.ts';
import { ownPlace } from './load-references.ts';
import type { PlannedWrite } from './plan-sending.ts';
import type { SendingContext } from './sending-context.ts';
import { SendingWork } from './sending-work.ts';

/** What sending a group needs. */
export interface SendingOptions {
  readonly ehr: EhrAccess;
  readonly group: ClaimedGroup;
  readonly writes: readonly PlannedWrite[];
  readonly context: SendingContext;
  /** Whose token this is. */
  readonly identity: 'system' | 'delegated';
  /** Where things stand that others of the group refer to: urn → `Task/17`. */
  readonly known?: ReadonlyMap<string, string> | undefined;
  /** The EHR refused what it advertises. */
  readonly onContradiction: (contradiction: Contradiction) => Promise<void>;
  /** Called when a write's bytes have left and before its answer is used. */
  readonly onSent: () => void;
  readonly leaseHolds: () => boolean;
  readonly now: () => Date;
  /** How long what was sent without a clear answer may still be under way. */
  readonly settleMs: number;
}

/** One attempt at the writes of a group: what is still open, and what became of the rest. */
export class Sending {
  readonly options: SendingOptions;
  readonly works: readonly SendingWork[];
  /** urn → `Task/17` */
  readonly known: Map<string, string>;
  readonly contradictions: Contradiction[] = [];
  /** The failure that says when to try again; undefined when nothing is left to try. */
  failure: EhrFailure | undefined;
  /** Of the last write that was answered. */
  httpStatus: number | undefined;
  /** Whether the next round may be one transaction. */
  asTransaction: boolean;

  constructor(options: SendingOptions) {
    const { capabilities } = options.context;
    this.options = options;
    this.known = new Map(options.known);
    this.works = options.writes.map((write) => new SendingWork(write, capabilities));
    this.asTransaction = capabilities.system.includes('transaction');
  }

  get open(): SendingWork[] {
    return this.works.filter(({ result }) => result === undefined);
  }

  /** When an earlier attempt may have sent it last, without a clear end. */
  doubtOf({ write }: SendingWork): Date | undefined {
    const { group, now } = this.options;
    return doubtOf(group, write.row, now());
  }

  /** What the EHR's answer to a write means for it. */
  judge(work: SendingWork, answer: WriteAnswer): void {
    if (!answer.ok) {
      if (answer.doubt === undefined) this.judgeFailure(work, answer.failure);
      else {
        work.doubt = { failure: answer.failure, mayStandAt: answer.doubt.mayStandAt };
        work.next = 'look';
      }
      return;
    }
    const reference = answer.reference ?? work.stands?.reference;
    if (answer.status === 202) {
      this.inReview(work, reference);
      return;
    }
    if (reference === undefined) {
      // it was taken, and we were not told where it stands
      work.made = answer.status;
      work.next = 'look';
      return;
    }
    const wasThere = work.stands === undefined && answer.status !== 201 && work.ifNoneExist() !== undefined;
    if (wasThere) {
      work.made = answer.status;
      work.stands = { reference, version: answer.version };
      work.next = 'look';
      return;
    }
    this.known.set(work.write.urn, reference);
    this.landed(work, reference, answer.version, answer.status);
  }

  landed(work: SendingWork, reference: string, version: string | undefined, status: number | null = null): void {
    const { row, landing } = work.write;
    work.result = {
      artefact: row.artefact,
      id: row.id,
      version: row.wanted,
      state: 'landed',
      landing,
      why: null,
      words: null,
      ehrReference: reference,
      ehrVersion: version ?? null,
      status,
      outcome: null,
      wasSent: work.sent,
      doubtAt: null,
      comesBack: false,
    };
  }

  settle(work: SendingWork, result: Partial<RowResult>): void {
    // an answer of this attempt ends the doubt about earlier ones, which were over before it was sent
    const answered = work.sent && work.doubt === undefined;
    const doubtAt = answered ? null : (work.sentAt ?? this.doubtOf(work) ?? null);
    work.result = { ...stillPending(work.write.row, work.write.landing), wasSent: work.sent, doubtAt, ...result };
  }

  /** Not done in this attempt: `unknown` if it may have been processed, as it was otherwise. */
  keep(work: SendingWork, failure: EhrFailure): void {
    const untouched = untouchedState(this.options.group, work.write.row);
    // a success that was not proved stays in doubt whatever the look for it met
    const unclear = failure.disposition === 'unknown' || work.doubt !== undefined;
    const doubtful = unclear || (work.made !== undefined && work.stands === undefined);
    const state = doubtful && untouched === 'pending' ? 'unknown' : untouched;
    const unsure = state === 'unknown';
    const why = unsure ? ({ code: 'unclear' } as const) : null;
    // what is remembered of one that was made is that it was made; of no other is a success remembered, of a look neither
    const said = failure.status !== undefined && failure.status >= 200 && failure.status < 300 ? null : failure.status;
    const status = (work.stands === undefined ? work.made : undefined) ?? said ?? null;
    const { now, settleMs } = this.options;
    const before = this.doubtOf(work);
    const stays = !work.sent || underWayUntil(before, settleMs, now()) !== undefined;
    const doubtAt = unclear ? (work.sentAt ?? now()) : ((stays ? before : undefined) ?? null);
    this.settle(work, { state, why, status, outcome: failure.outcome, doubtAt, comesBack: true });
  }

  /** What failed; that it was not the EHR which answered says more than what comes after. */
  failed(failure: EhrFailure): void {
    if (this.failure?.stranger === undefined) this.failure = failure;
  }

  /** The EHR said that it made it, and nothing shows it yet. */
  lost(work: SendingWork, { comesBack }: { readonly comesBack: boolean }): void {
    const { row } = work.write;
    const place = ownPlace(`${work.write.resourceType}/`, row.ehrReference);
    const status = work.made ?? null;
    if (row.withdraw) {
      this.settle(work, { state: 'withdrawn', why: { code: 'withdrawn-lost', place }, status });
      return;
    }
    this.settle(work, { state: 'unknown', why: { code: 'lost', place, searchable: comesBack }, status, comesBack });
    if (comesBack) this.failure ??= { outcome: 'made, and not found yet', disposition: 'unknown' };
  }

  orphaned(work: SendingWork): void {
    this.settle(work, { state: 'waiting', why: { code: 'group' }, comesBack: true });
  }

  inReview(work: SendingWork, reference: string | undefined): void {
    this.settle(work, {
      state: 'awaiting-review',
      why: { code: 'review' },
      ehrReference: reference ?? null,
      status: 202,
      comesBack: true,
    });
    this.failure ??= { status: 202, outcome: 'awaiting review', disposition: 'retry', retryAfterMs: 60_000 };
  }

  private judgeFailure(work: SendingWork, failure: EhrFailure): void {
    const { disposition, status, outcome } = failure;
    // not the EHR's word: neither about this resource nor about what it takes
    if (failure.stranger !== undefined) {
      this.failed(failure);
      this.keep(work, failure);
      return;
    }
    // gone from where we knew it: look whether it is anywhere before it is made anew
    const gone = work.stands !== undefined && (status === 404 || status === 410);
    const duplicate = this.options.context.traits.duplicateCodes?.some((code) => outcome.includes(code)) === true;
    if (disposition === 'conflict' || gone || duplicate) work.next = 'look';
    else if (disposition !== 'reject') {
      this.failed(failure);
      this.keep(work, failure);
    } else if (contradicts(status) && work.offers(work.stands === undefined ? 'create' : 'update')) {
      this.contradicted(work, failure);
    } else {
      this.settle(work, { state: 'rejected', why: { code: 'refused' }, status: status ?? null, outcome });
    }
  }

  /** It advertises this and refuses it: the row goes on at once, by the landing that follows. */
  private contradicted(work: SendingWork, { status = 0, outcome }: EhrFailure): void {
    const { identity, group } = this.options;
    const { resourceType: type } = work.write;
    const interaction = work.stands === undefined ? 'create' : 'update';
    this.contradictions.push({ type, interaction, identity, status, attemptId: group.attemptId });
    const why = { code: 'contradicted', type, interaction, status } as const;
    this.settle(work, { state: 'pending', why, status, outcome, comesBack: true });
  }
}
