import type { Clock } from '../foundation/clock.ts';
import type { Database } from '../record/database/database.ts';
import type { People } from './carrier.ts';

/** What delivery says of itself: ids and codes, never a resource or the EHR's words. */
export interface DeliveryLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What the workers of all tenants share. */
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
