import type { EhrFailure } from '../ehr/ehr-failure.ts';
import { inTime } from '../ehr/in-time.ts';
import type { Ehr } from '../ehr/open-ehr.ts';
import { ehrTrouble } from '../foundation/ehr-trouble.ts';
import { attemptGroup } from './attempt-group.ts';
import { checkPatients } from './check-patients.ts';
import { type ClaimedWork, openClaims } from './claim-work.ts';
import { completeGroups } from './complete-groups.ts';
import type { Completion } from './completion.ts';
import { batchCompletions } from './completion-batch.ts';
import { errorName } from './error-name.ts';
import { finishAttempt, giveBack } from './finish-attempt.ts';
import { holdLeases } from './held-leases.ts';
import { logPause } from './log-pause.ts';
import { afterAttempt, claimLimit, noPause, type Pause, placesFor, restUntil } from './pause-rule.ts';
import { takeTurns } from './take-turns.ts';
import type { WorkerOptions } from './worker-options.ts';

/** What is under way when it is stopped is waited for so long, in milliseconds. */
const STOP_MS = 5000;

/** Delivers for one tenant. */
export interface TenantWorker {
  start(): void;
  /** There may be something to deliver. */
  hint(): void;
  /** Resolves when nothing is due now: what waits for a later try, a person or an EHR that is down is not waited for. */
  idle(): Promise<void>;
  /** Takes nothing new, lets what is under way end (5 s at most) and gives back what was claimed and not begun. */
  stop(): Promise<void>;
}

/**
 * A worker that claims, works on as many groups at once as its mode allows, and completes them in batches. Its modes are
 * those of the pause rule (`flowing`, `paused`, `probing`) until it is stopped.
 */
export function openWorker(ehr: Ehr, options: WorkerOptions): TenantWorker {
  const { database, clock, logger, people, reach, random } = options;
  const { tenantId: tenant, settleMs, concurrency } = ehr;
  const now = (): Date => clock.now();
  // side by side, claims and completions only take the processor from each other, and from the sending
  const inTurn = takeTurns();
  const leases = holdLeases(tenant, options);
  const claimWork = openClaims(ehr, { ...options, inTurn });
  const verifyPatient = checkPatients(ehr, options);
  const completions = batchCompletions({
    ...{ record, inTurn, most: options.batch, retryMs: options.pollMs, onEnded: pump },
    onFailed: (error) => logger.error({ tenant, error: errorName(error) }, 'delivery could not record outcomes'),
  });
  const queue: ClaimedWork[] = [];
  const idleWaiters: (() => void)[] = [];
  const timers: NodeJS.Timeout[] = [];
  let pause: Pause = noPause;
  let working = 0;
  let claiming = false;
  /** There may be due groups: somebody said so, or the last claim found some. */
  let hungry = true;
  let stopped = false;

  /** Does what may be done now: begins attempts, records outcomes, claims; or tells who waits that nothing is due. */
  function pump(): void {
    while (working < placesFor(pause, concurrency)) {
      const next = queue.shift();
      if (next === undefined) break;
      void work(next);
    }
    completions.recordWhenWorthIt(working > 0 && !stopped);
    const at = { now: now().getTime(), working, queued: queue.length, batch: options.batch, concurrency };
    const limit = stopped || claiming || !hungry ? 0 : claimLimit(pause, at);
    if (limit > 0) void claim(limit);
    else if (working === 0 && queue.length === 0 && completions.isEmpty() && !claiming) {
      for (const resolve of idleWaiters.splice(0)) resolve();
    }
  }

  async function claim(limit: number): Promise<void> {
    const begunIn = pause;
    claiming = true;
    hungry = false;
    try {
      const { claimed, more } = await claimWork(limit);
      // only what is worked on is renewed: if this broke off before, the leases run out by themselves
      for (const { group } of claimed) leases.hold(group);
      queue.push(...claimed);
      if (more) hungry = true;
    } catch (error) {
      const trouble = ehrTrouble(error);
      if (trouble !== undefined) heard({ outcome: trouble.problem, disposition: 'retry' }, begunIn);
      else {
        logger.error({ tenant, error: errorName(error) }, 'delivery could not claim');
        pause = restUntil(pause, now().getTime() + options.pollMs);
      }
    } finally {
      claiming = false;
      // stopped, or paused, since: then none of it is begun
      if (stopped || pause.failures > begunIn.failures) giveBackQueue();
      pump();
    }
  }

  async function work({ group, references, context }: ClaimedWork): Promise<void> {
    const begunIn = pause;
    working += 1;
    try {
      const onSent = () => reach('delivery:request-sent');
      const outcome = await attemptGroup({ ehr, group, references, context, people, now, onSent, verifyPatient });
      if (outcome === 'lease-lost') {
        leases.drop(group);
        logger.warn({ tenant, group: group.id }, 'lease ran out');
        return;
      }
      const completion = finishAttempt(group, outcome, { now: now(), settleMs, random });
      if (outcome.asked) {
        reach('delivery:before-complete');
        heard(outcome.failure, begunIn);
      }
      completions.add(completion);
    } catch (error) {
      // its lease runs out by itself; whoever gets it next looks before sending
      leases.drop(group);
      logger.error({ tenant, group: group.id, error: errorName(error) }, 'delivery of a group broke off');
    } finally {
      working -= 1;
      pump();
    }
  }

  async function record(batch: readonly Completion[]): Promise<void> {
    const kept = await completeGroups(database, tenant, batch, now());
    for (const { group } of batch) {
      leases.drop(group);
      if (!kept.has(group.id)) logger.warn({ tenant, group: group.id }, 'lease was lost, outcome not recorded');
    }
    hungry = true;
  }

  /** The EHR as a whole was heard of: where it is in trouble the tenant waits, not each of its groups for itself. */
  function heard(failure: EhrFailure | undefined, begunIn: Pause): void {
    const before = pause;
    const othersAnswer = failure?.late === true && ehr.pulse().state === 'slow';
    pause = afterAttempt(before, { failure, othersAnswer, begunIn }, { now: now().getTime(), random });
    logPause(logger, tenant, { from: before, to: pause, failure });
    // silence and strangers are told of apart
    if (pause.failures === 0) ehr.held(undefined);
    else if (pause !== before && failure?.stranger === undefined && failure?.status !== undefined) {
      ehr.held(failure.status);
    }
    // what was claimed and not begun would only fail piece by piece
    if (pause.failures > before.failures) giveBackQueue();
  }

  function giveBackQueue(): void {
    for (const { group, context } of queue.splice(0)) completions.add(giveBack(group, context, now()));
  }

  const hint = (): void => {
    hungry = true;
    pump();
  };
  const nothingUnderWay = (): Promise<void> => new Promise((resolve) => idleWaiters.push(resolve));
  return {
    start() {
      timers.push(
        setInterval(hint, options.pollMs),
        setInterval(() => void leases.renew(), options.leaseMs / 3),
      );
      hint();
    },
    hint,
    idle() {
      const settled = nothingUnderWay();
      hint();
      return settled;
    },
    async stop() {
      stopped = true;
      for (const timer of timers) clearInterval(timer);
      giveBackQueue();
      const settled = nothingUnderWay();
      pump();
      await inTime(settled, STOP_MS).catch(() => {});
    },
  };
}
