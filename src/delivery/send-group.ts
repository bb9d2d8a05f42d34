import { type Contradiction, contradicts } from '../ehr/correction.ts';
import type { EhrFailure } from '../ehr/failure.ts';
import type { EhrAccess } from '../ehr/open-ehr.ts';
import type { WriteAnswer } from '../ehr/send-write.ts';
import { type BundleWrite, buildBundle, readBundleAnswer } from './build-bundle.ts';
import { type ClaimedGroup, nothing, type RowResult, untouchedState } from './claimed-group.ts';
import { type Found, lookUp, markOf } from './look-up.ts';
import { ORPHAN_REASON, type PlannedWrite } from './plan-sending.ts';
import { replaceReferences } from './replace-references.ts';
import { sameContent } from './same-content.ts';
import type { SendingContext } from './sending-context.ts';
import { identifierIn, parseContent, toWireText } from './wire-text.ts';

/** What came of sending a group. */
export interface SentGroup {
  readonly results: readonly RowResult[];
  /** The failure that says when to try again; absent when nothing is left to try. */
  readonly failure?: EhrFailure;
  /** Of the last write that was answered. */
  readonly httpStatus?: number;
  /** Where things stand now: urn → `Task/17`. */
  readonly known: ReadonlyMap<string, string>;
}

/** How often a group may be looked at and sent anew within one attempt, before it is left for a later one. */
const ROUNDS = 4;

/** A write on its way through the rounds. */
interface Work {
  readonly write: PlannedWrite;
  next: 'look' | 'send';
  /** Where it stands in the EHR, as far as we know. */
  stands?: { readonly reference: string; readonly version?: string | undefined } | undefined;
}

/**
 * Brings the planned writes of one group into the EHR and says, row by row, what became of them. What may already stand
 * there is looked up first; what stands there as wanted is not written again. As one transaction where the EHR offers it,
 * else as batches or single writes in the order of their references. After a conflict it looks again; when a transaction
 * is refused as a whole, its entries are sent one by one, so that one bad entry does not keep the others out.
 * @returns undefined when the lease ran out before it was done: then nothing may be recorded
 */
export async function sendGroup(options: {
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
}): Promise<SentGroup | undefined> {
  const sending = new Sending(options);
  for (let round = 0; round < ROUNDS && sending.open.length > 0; round += 1) {
    if (!options.leaseHolds()) return undefined;
    await sending.look();
    if (!options.leaseHolds()) return undefined;
    await sending.send();
  }
  await Promise.all(sending.contradictions.map((one) => options.onContradiction(one)));
  return sending.finish();
}

/** Nobody has ever tried to send this, as far as our record goes. */
function firstContact({ write }: Work): boolean {
  return !write.mayStand && write.row.landed === 0 && write.row.ehrReference === null;
}

class Sending {
  open: Work[];
  readonly contradictions: Contradiction[] = [];
  private readonly options: Parameters<typeof sendGroup>[0];
  private readonly results: RowResult[] = [];
  /** urn → `Task/17` */
  private readonly known: Map<string, string>;
  /** urn → `system|value` */
  private readonly identifiers = new Map<string, string>();
  private failure: EhrFailure | undefined;
  private httpStatus: number | undefined;
  private asTransaction: boolean;

  constructor(options: Parameters<typeof sendGroup>[0]) {
    this.options = options;
    this.known = new Map(options.known);
    const { capabilities } = options.context;
    this.asTransaction = capabilities.system.includes('transaction');
    this.open = options.writes.map((write) => {
      const { row } = write;
      const stands =
        row.ehrReference === null ? undefined : { reference: row.ehrReference, version: row.ehrVersion ?? undefined };
      // without If-None-Exist a first contact may be a second one: our database may have been lost and told again
      const unsure = write.mayStand || (stands === undefined && !this.conditionalCreate(write));
      return { write, next: unsure ? 'look' : 'send', stands };
    });
  }

  /** Looks up what may stand in the EHR already. */
  async look(): Promise<void> {
    const looking = this.open.filter(({ next }) => next === 'look');
    if (looking.length === 0) return;
    const { ehr, context } = this.options;
    const answer = await lookUp(
      ehr,
      context.capabilities,
      looking.map(({ write, stands }) => ({ write, reference: stands?.reference })),
    );
    if (!answer.ok) {
      this.failure = answer.failure;
      for (const work of this.open) this.keep(work, answer.failure);
      return;
    }
    const found = (work: Work): Found => answer.byUrn.get(work.write.urn) ?? { found: 'none' };
    // first where everything stands, then the comparing: content refers to others of the group
    for (const work of looking) {
      const there = found(work);
      work.stands = there.found === 'one' ? { reference: there.reference, version: there.version } : undefined;
      if (work.stands !== undefined) this.known.set(work.write.urn, work.stands.reference);
    }
    for (const work of looking) {
      work.next = 'send';
      const there = found(work);
      if (there.found === 'one') this.compare(work, there.resource);
      else if (there.found === 'undecided' && there.unsearchable === true && firstContact(work)) continue;
      else if (there.found === 'undecided') {
        this.settle(work, { state: 'unknown', reason: `${there.reason}; confirm or withdraw it by hand` });
      } else if (there.found === 'gone' && work.write.row.state === 'awaiting-review')
        this.refusedInReview(work, there);
      else if (work.write.row.state === 'awaiting-review') this.stillInReview(work);
      else if (work.write.row.withdraw) {
        this.settle(work, { state: 'withdrawn', reason: 'withdrawn; the EHR does not hold it' });
      }
    }
  }

  /** Writes what is left to write, once. */
  async send(): Promise<void> {
    if (this.open.length === 0) return;
    if (this.asTransaction && this.open.length > 1) await this.sendTogether('transaction', this.sendable());
    else await this.sendInOrder();
  }

  finish(): SentGroup {
    for (const work of [...this.open]) {
      this.failure ??= { outcome: 'it kept changing in the EHR', disposition: 'conflict' };
      this.keep(work, this.failure);
    }
    return {
      results: this.results,
      known: this.known,
      ...(this.failure === undefined ? {} : { failure: this.failure }),
      ...(this.httpStatus === undefined ? {} : { httpStatus: this.httpStatus }),
    };
  }

  private compare(work: Work, theirs: Parameters<typeof sameContent>[1]): void {
    const { write } = work;
    const ours = parseContent(replaceReferences(write.content, this.known), write.row);
    const stands = work.stands;
    // a note is known by its version's own mark: the same mark is the same note, however the EHR reshaped it
    const sameNote = stands !== undefined && write.row.ehrReference === null && markOf(write) !== undefined;
    if (sameNote) {
      this.settle(work, { state: 'landed', ehrReference: stands.reference, ehrVersion: stands.version ?? null });
    } else if (
      stands !== undefined &&
      sameContent(ours, theirs, { base: this.options.ehr.base, leftOut: write.leftOut })
    ) {
      this.settle(work, { state: 'landed', ehrReference: stands.reference, ehrVersion: stands.version ?? null });
    } else if (!this.offers(write, 'update')) {
      const type = write.resourceType;
      const reason = `an older version stands as ${stands?.reference} and the EHR takes no update of ${type}`;
      this.settle(work, { state: 'rejected', reason, ehrReference: stands?.reference ?? null });
    }
  }

  private async sendInOrder(): Promise<void> {
    const together = this.options.context.capabilities.system.includes('batch');
    for (;;) {
      const wave = this.open.filter(
        ({ write, next }) => next === 'send' && write.needs.every((urn) => this.known.has(urn)),
      );
      const fresh = wave.filter(({ write }) => !this.tried.has(write.urn));
      if (fresh.length === 0) break;
      for (const { write } of fresh) this.tried.add(write.urn);
      if (together && fresh.length > 1) await this.sendTogether('batch', fresh);
      else await Promise.all(fresh.map((work) => this.sendAlone(work)));
    }
    this.tried.clear();
    const there = new Set([...this.open.map(({ write }) => write.urn), ...this.known.keys()]);
    for (const work of [...this.open]) {
      if (work.write.needs.every((urn) => there.has(urn))) continue;
      this.settle(work, { state: 'waiting', reason: ORPHAN_REASON, comesBack: true });
    }
  }

  private readonly tried = new Set<string>();
  /** Urns that this attempt put on the wire. */
  private readonly sent = new Set<string>();

  private async sendTogether(type: 'batch' | 'transaction', works: readonly Work[]): Promise<void> {
    if (works.length === 0) return;
    const { ehr, group, onSent } = this.options;
    const body = buildBundle(
      type,
      ehr.base,
      works.map((work) => this.toBundleWrite(work)),
    );
    const answer = await ehr.write({
      method: 'POST',
      path: '',
      body,
      attemptId: group.attemptId,
      prefer: 'minimal',
      onSent,
    });
    if (answer.ok) this.httpStatus = answer.status;
    const answers = readBundleAnswer(answer, works.length);
    if (Array.isArray(answers)) {
      works.forEach((work, at) => {
        const entry = answers[at];
        if (entry !== undefined) this.judge(work, entry);
      });
      return;
    }
    this.httpStatus = answers.status ?? this.httpStatus;
    if (type === 'transaction' && answers.disposition === 'reject' && works.length > 1) {
      this.asTransaction = false;
      return;
    }
    for (const work of works) this.judge(work, { ok: false, failure: answers });
  }

  private async sendAlone(work: Work): Promise<void> {
    const { ehr, group, onSent } = this.options;
    const { resourceType, resource, update, ifNoneExist } = this.toBundleWrite(work);
    const common = { body: resource, attemptId: group.attemptId, prefer: 'minimal', onSent } as const;
    const answer =
      update === undefined
        ? await ehr.write({ ...common, method: 'POST', path: resourceType, ifNoneExist })
        : await ehr.write({ ...common, method: 'PUT', path: update.reference, ifMatch: update.ifMatch });
    this.httpStatus = answer.ok ? answer.status : (answer.failure.status ?? this.httpStatus);
    this.judge(work, answer);
  }

  private judge(work: Work, answer: WriteAnswer): void {
    if (!answer.ok) {
      const { disposition, status, outcome } = answer.failure;
      // gone from where we knew it: look whether it is anywhere before it is made anew
      const gone = work.stands !== undefined && (status === 404 || status === 410);
      const duplicate = this.options.context.traits.duplicateCodes?.some((code) => outcome.includes(code)) === true;
      if (disposition === 'conflict' || gone || duplicate) work.next = 'look';
      else if (disposition === 'reject' && this.contradicts(work, status)) this.contradicted(work, answer.failure);
      else if (disposition === 'reject') {
        const reason = 'the EHR refused it as it is; see its words';
        this.settle(work, { state: 'rejected', reason, status: status ?? null, outcome });
      } else {
        this.failure = answer.failure;
        this.keep(work, answer.failure);
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
      work.next = 'look';
      return;
    }
    const wasThere = work.stands === undefined && answer.status !== 201 && this.conditionalCreate(work.write);
    if (wasThere) {
      work.stands = { reference, version: answer.version };
      work.next = 'look';
      return;
    }
    this.known.set(work.write.urn, reference);
    this.settle(work, {
      state: 'landed',
      ehrReference: reference,
      ehrVersion: answer.version ?? null,
      status: answer.status,
    });
  }

  private contradicts({ write, stands }: Work, status: number | undefined): boolean {
    return contradicts(status) && this.offers(write, stands === undefined ? 'create' : 'update');
  }

  /** It advertises this and refuses it: the row goes on at once, by the landing that follows. */
  private contradicted(work: Work, { status = 0, outcome }: EhrFailure): void {
    const { identity, group } = this.options;
    const { resourceType: type } = work.write;
    const interaction = work.stands === undefined ? 'create' : 'update';
    this.contradictions.push({ type, interaction, identity, status, attemptId: group.attemptId });
    const reason = `${type} ${interaction} is advertised, and was answered ${status}`;
    this.settle(work, { state: 'pending', reason, status, outcome, comesBack: true });
  }

  private toBundleWrite({ write, stands }: Work): BundleWrite {
    const { urn, row, resourceType } = write;
    this.sent.add(urn);
    const content = write.needs.length === 0 ? write.content : replaceReferences(write.content, this.known);
    const of = { urn, resourceType };
    if (stands !== undefined) {
      const id = stands.reference.slice(stands.reference.indexOf('/') + 1);
      const update = { reference: stands.reference, ifMatch: stands.version };
      return { ...of, resource: toWireText(content, row, id), update };
    }
    const identifier = this.conditionalCreate(write) ? this.identifier(write) : undefined;
    const ifNoneExist = identifier === undefined ? undefined : `identifier=${encodeURIComponent(identifier)}`;
    return { ...of, resource: toWireText(content, row), ifNoneExist };
  }

  /** What can go into one transaction: nothing in it may need what is neither in it nor in the EHR. */
  private sendable(): Work[] {
    let works = this.open;
    for (;;) {
      const there = new Set([...works.map(({ write }) => write.urn), ...this.known.keys()]);
      const lacking = works.filter(({ write }) => write.needs.some((urn) => !there.has(urn)));
      if (lacking.length === 0) return works;
      for (const work of lacking) {
        this.settle(work, { state: 'waiting', reason: ORPHAN_REASON, comesBack: true });
      }
      works = works.filter((work) => !lacking.includes(work));
    }
  }

  private conditionalCreate(write: PlannedWrite): boolean {
    const offered = this.options.context.capabilities.conditionalCreate[write.resourceType] === true;
    return offered && this.identifier(write) !== undefined;
  }

  private identifier(write: PlannedWrite): string | undefined {
    const known = this.identifiers.get(write.urn) ?? identifierIn(write.content, write.row);
    if (known !== undefined) this.identifiers.set(write.urn, known);
    return known;
  }

  private offers(write: PlannedWrite, interaction: 'create' | 'update'): boolean {
    return this.options.context.capabilities.interactions[write.resourceType]?.includes(interaction) === true;
  }

  private inReview(work: Work, reference: string | undefined): void {
    const reason = 'the EHR took it for review (202); it is looked up until that ends';
    this.settle(work, {
      state: 'awaiting-review',
      reason,
      ehrReference: reference ?? null,
      status: 202,
      comesBack: true,
    });
    this.failure ??= { status: 202, outcome: 'awaiting review', disposition: 'retry', retryAfterMs: 60_000 };
  }

  private refusedInReview(work: Work, { outcome }: { readonly outcome: string }): void {
    const reason = 'the EHR took it for review and then refused it; see its words';
    this.settle(work, { state: 'rejected', reason, status: 410, outcome });
  }

  private stillInReview(work: Work): void {
    const { ehrReference } = work.write.row;
    this.inReview(work, ehrReference ?? undefined);
  }

  /** Not done in this attempt: `unknown` if it may have been processed, as it was otherwise. */
  private keep(work: Work, failure: EhrFailure): void {
    const before = untouchedState(this.options.group, work.write.row);
    const state = failure.disposition === 'unknown' && before === 'pending' ? 'unknown' : before;
    const unsure = state === 'unknown';
    const reason = unsure ? 'sent without a clear answer; it is looked up before anything else' : null;
    this.settle(work, { state, reason, status: failure.status ?? null, outcome: failure.outcome, comesBack: true });
  }

  private settle(work: Work, result: Partial<RowResult>): void {
    this.open = this.open.filter((one) => one !== work);
    this.results.push({
      ...nothing(work.write.row, work.write.landing),
      wasSent: this.sent.has(work.write.urn),
      ...result,
    });
  }
}
