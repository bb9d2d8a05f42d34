import { Temporal } from 'temporal-polyfill';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { Instant } from '../../homework/model.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { tenantOf } from '../tenant-of.ts';
import { type Sweeping, sweepPlans } from './sweep-plans.ts';
import { toInstant } from './to-instant.ts';

export type ClockCommand =
  /** Stands still at this date and time, given with its offset. */
  | { readonly set: string }
  /** Goes on by an ISO 8601 duration (a day is a calendar day in the tenant's zone) or by milliseconds, and stands still there. */
  | { readonly advance: string | number }
  /** The machine's time again. */
  | { readonly resume: true };

export interface SetClock {
  readonly clocks: readonly { readonly tenant: string; readonly now: Instant; readonly pinned: boolean }[];
  readonly sweep: Sweeping;
}

/** A leap of years makes hundreds of times in each plan: whoever waits for the answer is answered by then, or with the plan after. */
const longestSweepMs = 20_000;

/**
 * Sets the clock of sandbox tenants, and makes the moves that the new time makes. What takes longer than whoever asks can wait goes on in
 * the next sweep, or with the next call: `advance` 0 keeps the time.
 * @throws `unknown-tenant`, `not-supported` for a tenant that is not a sandbox, `invalid-request`
 */
export async function setSandboxClock(
  record: HomeworkRecord,
  { tenants, ...command }: { readonly tenants: readonly string[] } & ClockCommand,
): Promise<SetClock> {
  for (const id of tenants) {
    if (!tenantOf(record, id).sandbox) {
      throw new IntersessionError('not-supported', { what: 'setting the clock' }, 'Only a sandbox has a clock to set.');
    }
  }
  const clocks = [];
  for (const tenant of tenants) {
    const to = await nextTime(record, tenant, command);
    await record.database.query(
      to === undefined
        ? 'delete from sandbox_clock where tenant = $1'
        : 'insert into sandbox_clock (tenant, pinned_at) values ($1, $2) on conflict (tenant) do update set pinned_at = excluded.pinned_at',
      to === undefined ? [tenant] : [tenant, to],
    );
    clocks.push({ tenant, now: to ?? record.clock.now().toISOString(), pinned: to !== undefined });
  }
  const begun = record.clock.now().getTime();
  const isTimeUp = () => record.clock.now().getTime() - begun >= longestSweepMs;
  return { clocks, sweep: await sweepPlans(record, tenants, isTimeUp) };
}

async function nextTime(record: HomeworkRecord, tenantId: string, command: ClockCommand): Promise<Instant | undefined> {
  if ('resume' in command) return undefined;
  if ('set' in command) return toInstant(command.set, 'set');
  const now = (await record.clockOf(tenantId)).now();
  return advanced(now, command.advance, tenantOf(record, tenantId).timeZone);
}

function advanced(now: Date, by: string | number, timeZone: string): Instant {
  try {
    const duration = typeof by === 'number' ? Temporal.Duration.from({ milliseconds: by }) : Temporal.Duration.from(by);
    const from = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
    return new Date(from.add(duration).epochMilliseconds).toISOString();
  } catch (cause) {
    const problem = 'is neither an ISO 8601 duration nor a whole number of milliseconds';
    throw new IntersessionError('invalid-request', { issues: [{ path: 'advance', problem }] }, `advance ${problem}.`, {
      cause,
    });
  }
}
