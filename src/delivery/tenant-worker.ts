import type { EhrFailure } from '../ehr/failure.ts';
import type { Ehr } from '../ehr/open-ehr.ts';
import { ehrTrouble } from '../foundation/ehr-trouble.ts';
import type { Clock } from '../homework/clock.ts';
import type { LandingRow } from '../landing/landing-table.ts';
import type { Database } from '../record/database/database.ts';
import { attemptGroup } from './attempt-group.ts';
import { backoffMs } from './backoff.ts';
import type { Carrier, People } from './carrier.ts';
import { claimGroups } from './claim-groups.ts';
import { type ClaimedGroup, stillPending, untouchedState } from './claimed-group.ts';
import { type Completion, completeGroups } from './complete-groups.ts';
import { doubtOf } from './doubt.ts';
import { type KnownReference, loadReferences } from './load-references.ts';
import { HORIZON_MS, pullBackGroups } from './pull-back-groups.ts';
import { renewLeases } from './renew-leases.ts';
import { type OpenLanding, reopenAppOnly } from './reopen-app-only.ts';
import type { SendingContext } from './sending-context.ts';
import { type PatientCheck, verifyPatient } from './verify-patient.ts';

/** What delivery says of itself: ids and codes, never a resource or the EHR's words. */
export interface DeliveryLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface WorkerOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: DeliveryLogger;
  /** Named milestones, so that a fault test can stop the process exactly there. */
  readonly reach: (point: 'delivery:request-sent' | 'delivery:before-complete') => void;
  readonly people: People;
  /** In [0, 1). */
  readonly random: () => number;
  readonly leaseMs: number;
  readonly pollMs: number;
  /** Groups in one claim and in one completion. */
  readonly batch: number;
}

interface Claimed {
  readonly group: ClaimedGroup;
  readonly references: ReadonlyMap<string, KnownReference>;
  readonly context: SendingContext;
}

/** Groups worked on for each request that may be under way: the next ones are ready to be sent when a place at the EHR is free. */
const AHEAD = 1.5;
/** Outcomes are recorded when there are so many, or when the first has waited so long, or when nothing more is coming. */
const FLUSH_AT = 144;
const FLUSH_AFTER_MS = 25;
/** While there is always something due, what a wrong clock has put off is looked for so often. */
const PULL_BACK_MS = 10_000;

/** Delivers for one tenant: claims, works on as many groups at once as the EHR allows, completes them in batches. */
export class TenantWorker {
  private readonly ehr: Ehr;
  private readonly options: WorkerOptions;
  private readonly queue: Claimed[] = [];
  private readonly held = new Map<string, ClaimedGroup>();
  private readonly verifying = new Map<string, Promise<PatientCheck>>();
  private readonly timers: NodeJS.Timeout[] = [];
  private idleWaiters: (() => void)[] = [];
  private done: Completion[] = [];
  private working = 0;
  private claiming = false;
  private flushing = false;
  private flushTimer: NodeJS.Timeout | undefined;
  /** There may be due groups: somebody said so, or the last claim found some. */
  private hungry = true;
  private stopped = false;
  /** Ends when the database is free for the next claim or completion. */
  private turn: Promise<unknown> = Promise.resolve();
  /** By which the last claim was decided. */
  private landings: readonly LandingRow[] | undefined;
  /** Failures to reach the EHR in a row; while there are any, one group at a time is tried. */
  private failures = 0;
  private pausedUntil = 0;
  /** When it was last looked for what a wrong clock put off; milliseconds of a clock that never jumps. */
  private pulledBack = performance.now();

  constructor(ehr: Ehr, options: WorkerOptions) {
    this.ehr = ehr;
    this.options = options;
  }

  start(): void {
    this.timers.push(setInterval(() => this.hint(), this.options.pollMs));
    this.timers.push(setInterval(() => void this.renew(), this.options.leaseMs / 3));
    this.hint();
  }

  /** There may be something to deliver. */
  hint(): void {
    this.hungry = true;
    this.pump();
  }

  /** Resolves when nothing is due now: what waits for a later try, a person or an EHR that is down is not waited for. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.idleWaiters.push(resolve);
      this.hint();
    });
  }

  /** Takes nothing new, lets what is under way end (5 s at most) and gives back what was claimed and not begun. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearInterval(timer);
    for (const { group, context } of this.queue.splice(0)) this.done.push(this.giveBack(group, context));
    this.pump();
    let giveUp: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      giveUp = setTimeout(resolve, 5000);
    });
    await Promise.race([this.settled(), late]);
    clearTimeout(giveUp);
  }

  private async settled(): Promise<void> {
    if (this.working === 0 && this.done.length === 0 && !this.flushing && !this.claiming) return;
    await new Promise<void>((resolve) => this.idleWaiters.push(resolve));
  }

  private pump(): void {
    const concurrency = this.failures > 0 ? 1 : Math.ceil(this.ehr.concurrency * AHEAD);
    while (this.working < concurrency) {
      const next = this.stopped ? undefined : this.queue.shift();
      if (next === undefined) break;
      this.working += 1;
      void this.work(next);
    }
    if (this.done.length > 0 && !this.flushing) this.flushSoon();
    if (this.mayClaim()) void this.claim();
    else this.tellIdle();
  }

  /** Many outcomes in one statement cost the database little more than one; nobody waits for any of them meanwhile. */
  private flushSoon(): void {
    const moreComing = this.working > 0 && !this.stopped;
    if (this.done.length >= FLUSH_AT || !moreComing) void this.flush();
    else this.flushTimer ??= setTimeout(() => void this.flush(), FLUSH_AFTER_MS);
  }

  private mayClaim(): boolean {
    if (this.stopped || !this.hungry || this.claiming) return false;
    if (this.queue.length >= this.options.batch) return false;
    if (this.failures > 0 && (this.working > 0 || this.queue.length > 0)) return false;
    const left = this.pausedUntil - this.now().getTime();
    // nobody pauses that long: the clock was wrong when it was said
    return left <= 0 || left > HORIZON_MS;
  }

  private tellIdle(): void {
    if (this.working > 0 || this.queue.length > 0 || this.done.length > 0 || this.flushing || this.claiming) return;
    for (const resolve of this.idleWaiters.splice(0)) resolve();
  }

  private async claim(): Promise<void> {
    this.claiming = true;
    this.hungry = false;
    try {
      const context = await this.context();
      const { database, leaseMs, batch } = this.options;
      const { tenantId } = this.ehr;
      // with nothing under way, what can be sent at once is enough to begin with
      const most = this.working === 0 ? Math.min(batch, this.ehr.concurrency) : batch;
      const limit = this.failures > 0 ? 1 : most;
      const { groups, references } = await this.inTurn(async () => {
        const now = this.now();
        const leaseUntil = new Date(now.getTime() + leaseMs);
        const groups = await claimGroups(database, tenantId, { now, leaseUntil, limit });
        if (groups.length === 0 || performance.now() - this.pulledBack > PULL_BACK_MS) {
          await this.pullBack(now, leaseUntil);
        }
        return { groups, references: await loadReferences(database, tenantId, groups) };
      });
      for (const group of groups) {
        // only what is worked on is renewed: if this broke off before, the leases run out by themselves
        this.held.set(group.id, group);
        this.queue.push({ group, references, context });
      }
      if (groups.length > 0) this.hungry = true;
    } catch (error) {
      const trouble = ehrTrouble(error);
      if (trouble !== undefined) this.ehrFailed({ outcome: trouble.problem, disposition: 'retry' });
      else {
        this.options.logger.error({ tenant: this.ehr.tenantId, error: nameOf(error) }, 'delivery could not claim');
        this.pausedUntil = this.now().getTime() + this.options.pollMs;
      }
    } finally {
      this.claiming = false;
      if (this.stopped) {
        for (const { group, context } of this.queue.splice(0)) this.done.push(this.giveBack(group, context));
      }
      this.pump();
    }
  }

  private async pullBack(now: Date, leaseUntil: Date): Promise<void> {
    const { database, logger } = this.options;
    const { tenantId: tenant } = this.ehr;
    const groups = await pullBackGroups(database, tenant, { now, leaseUntil });
    this.pulledBack = performance.now();
    if (groups === 0) return;
    this.hungry = true;
    logger.warn({ tenant, groups }, 'a clock was wrong for a while: what it had put off is due now');
  }

  private async context(): Promise<SendingContext> {
    const landings = await this.ehr.landings();
    const capabilities = await this.ehr.capabilities();
    if (landings !== this.landings) {
      await reopenAppOnly(this.options.database, this.ehr.tenantId, openLandings(landings, this.ehr), this.now());
      this.landings = landings;
    }
    const { traits, observationRows } = this.ehr;
    return { landings: new Map(landings.map((row) => [row.artefact, row])), capabilities, traits, observationRows };
  }

  private async work({ group, references, context }: Claimed): Promise<void> {
    const { options } = this;
    try {
      const attempted = await attemptGroup({
        ehr: this.ehr,
        group,
        references,
        context,
        people: options.people,
        now: () => this.now(),
        random: options.random,
        onSent: () => options.reach('delivery:request-sent'),
        verifyPatient: (asking, carrier) => this.verify(asking, carrier),
      });
      if (attempted === undefined) {
        this.held.delete(group.id);
        options.logger.warn({ tenant: this.ehr.tenantId, group: group.id }, 'lease ran out');
        return;
      }
      if (attempted.asked) {
        options.reach('delivery:before-complete');
        this.ehrAnswered(attempted.failure);
      }
      this.done.push(attempted.completion);
    } catch (error) {
      // its lease runs out by itself; whoever gets it next looks before sending
      this.held.delete(group.id);
      const fields = { tenant: this.ehr.tenantId, group: group.id, error: nameOf(error) };
      options.logger.error(fields, 'delivery of a group broke off');
    } finally {
      this.working -= 1;
      this.pump();
    }
  }

  /** Groups of one patient that are worked on at the same time ask once. */
  private verify(group: ClaimedGroup, carrier: Carrier | undefined): Promise<PatientCheck> {
    const { patientId, patientVerified } = group;
    const access = carrier === undefined ? this.ehr : this.ehr.as(carrier);
    const ask = () =>
      verifyPatient(this.options.database, access, {
        ...{ tenantId: this.ehr.tenantId, patientId, now: this.now() },
        ...{ wasKnown: patientVerified, letIn: carrier !== undefined },
      });
    if (carrier !== undefined) return ask();
    const asking = this.verifying.get(patientId) ?? ask().finally(() => this.verifying.delete(patientId));
    this.verifying.set(patientId, asking);
    return asking;
  }

  private async flush(): Promise<void> {
    clearTimeout(this.flushTimer);
    this.flushTimer = undefined;
    this.flushing = true;
    let batch: Completion[] = [];
    try {
      const kept = await this.inTurn(() => {
        batch = this.done.splice(0, this.options.batch);
        return completeGroups(this.options.database, this.ehr.tenantId, batch, this.now());
      });
      for (const { group } of batch) {
        this.held.delete(group.id);
        if (!kept.has(group.id)) {
          this.options.logger.warn(
            { tenant: this.ehr.tenantId, group: group.id },
            'lease was lost, outcome not recorded',
          );
        }
      }
      this.hungry = true;
    } catch (error) {
      this.options.logger.error(
        { tenant: this.ehr.tenantId, error: nameOf(error) },
        'delivery could not record outcomes',
      );
      // the leases are still renewed; without a database there is nothing better to do than to keep what we know
      this.done.unshift(...batch);
      await new Promise((resolve) => setTimeout(resolve, this.options.pollMs));
    } finally {
      this.flushing = false;
      this.pump();
    }
  }

  /** Claims and completions take turns: side by side they only take the processor from each other, and from the sending. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.turn.then(work);
    this.turn = turn.catch(() => {});
    return turn;
  }

  private async renew(): Promise<void> {
    const leaseUntil = new Date(this.now().getTime() + this.options.leaseMs);
    try {
      await renewLeases(this.options.database, this.ehr.tenantId, [...this.held.values()], leaseUntil);
    } catch (error) {
      this.options.logger.error({ tenant: this.ehr.tenantId, error: nameOf(error) }, 'leases could not be renewed');
    }
  }

  private giveBack(group: ClaimedGroup, context: SendingContext): Completion {
    const results = group.rows.map((row) => {
      const landing = context.landings.get(row.artefact)?.landing ?? 'app-only';
      const state = row.state === 'waiting' ? row.state : untouchedState(group, row);
      return { ...stillPending(row, landing), state, doubtAt: doubtOf(group, row, group.startedAt) ?? null };
    });
    return { group, results, due: true, nextAt: this.now(), failed: true };
  }

  /** Whether an attempt's failure is the EHR's as a whole; then the tenant waits, not each of its groups for itself. */
  private ehrAnswered(failure: EhrFailure | undefined): void {
    const status = failure?.status;
    // one door that does not answer in time says nothing of the others, as long as they do
    const oneDoor = failure?.late === true && this.ehr.pulse().state === 'slow';
    if (oneDoor) return;
    const down =
      failure?.disposition === 'refresh-token' ||
      failure?.stranger !== undefined ||
      (failure?.disposition === 'retry' && (status === undefined || status === 429 || status === 503));
    if (failure !== undefined && down) this.ehrFailed(failure);
    else if (this.failures > 0 && failure?.disposition !== 'unknown') {
      this.failures = 0;
      this.pausedUntil = 0;
      this.options.logger.info({ tenant: this.ehr.tenantId }, 'EHR takes deliveries again');
    }
  }

  private ehrFailed(failure: EhrFailure): void {
    this.failures += 1;
    const wait = backoffMs(this.failures, this.options.random, failure.retryAfterMs);
    this.pausedUntil = Math.max(this.pausedUntil, this.now().getTime() + wait);
    this.hungry = true;
    // what was claimed and not begun would only fail one by one
    for (const { group, context } of this.queue.splice(0)) this.done.push(this.giveBack(group, context));
    if (this.failures > 1) return;
    // with a status the outcome is somebody's own words, which may quote what was sent
    const problem = failure.status ?? failure.outcome;
    const said =
      failure.stranger === undefined ? 'EHR takes no deliveries' : 'something else than the EHR answers deliveries';
    this.options.logger.warn({ tenant: this.ehr.tenantId, problem }, `${said}; they wait`);
  }

  private now(): Date {
    return this.options.clock.now();
  }
}

/** What has a place in this EHR; a measure only some of whose codes have one is left to its next change. */
function openLandings(landings: readonly LandingRow[], { traits }: Ehr): OpenLanding[] {
  return landings.flatMap(({ artefact, landing, doors }): OpenLanding[] => {
    if (landing === 'app-only' || (landing === 'observation' && traits.observationRowsOnly)) return [];
    return doors === undefined ? [{ artefact }] : doors.map(({ type }) => ({ artefact, type }));
  });
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name;
}
