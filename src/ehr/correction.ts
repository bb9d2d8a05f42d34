import { createHash } from 'node:crypto';
import type { Capabilities } from '../landing/capabilities.ts';
import type { InteractionTrait } from '../landing/vendor-traits.ts';

/** An interaction that the EHR advertised and then refused. */
export interface Correction {
  readonly type: string;
  readonly interaction: 'create' | 'update';
  /** Whose token was refused; `any`: the interaction does not exist there, whoever asks. */
  readonly identity: 'system' | 'delegated' | 'any';
  readonly status: number;
  /** The attempt that holds the EHR's own words. */
  readonly attemptId: string;
  readonly at: Date;
  /** `statementDigest` of what it advertised then. */
  readonly statementDigest: string;
  /** When it is tried again; absent: not before the statement changes. */
  readonly againAt?: Date;
}

/** What a refusal says beyond the request that was refused. */
export interface Contradiction {
  readonly type: string;
  readonly interaction: 'create' | 'update';
  readonly identity: 'system' | 'delegated';
  readonly status: number;
  readonly attemptId: string;
}

const DAY_MS = 86_400_000;

/** Whether a refusal of an advertised interaction contradicts the statement, and not only the one request. */
export function contradicts(status: number | undefined): boolean {
  return status === 403 || status === 405 || status === 501;
}

/**
 * The correction that follows. 405 and 501 say that there is no such interaction, whoever asks; 403 says that this
 * identity may not, which may be about one patient alone: so it is tried again after a day.
 */
export function toCorrection(contradiction: Contradiction, at: Date, statementDigest: string): Correction {
  const { type, interaction, status, attemptId } = contradiction;
  const common = { type, interaction, status, attemptId, at, statementDigest };
  if (status !== 403) return { ...common, identity: 'any' };
  return { ...common, identity: contradiction.identity, againAt: new Date(at.getTime() + DAY_MS) };
}

/** As the landing table reads it, with its evidence. */
export function toTrait({ type, interaction, identity, status, attemptId, at }: Correction): InteractionTrait {
  const day = at.toISOString().slice(0, 10);
  const whose = { any: '', system: " to this service's own token", delegated: " to a person's token" }[identity];
  return {
    type,
    interaction,
    ...(identity === 'any' ? {} : { identity }),
    because: `it answered ${status}${whose} on ${day}`,
    source: `attempt ${attemptId}`,
    seen: true,
  };
}

/** Whether a correction still says something of an EHR that states this now. */
export function stillHolds(correction: Correction, now: Date, digest: string): boolean {
  if (correction.statementDigest !== digest) return false;
  return correction.againAt === undefined || now.getTime() < correction.againAt.getTime();
}

/** Of what decides landings in a statement; dates and prose in it may change without meaning anything. */
export function statementDigest({ scopesSupported: _offered, ...stated }: Capabilities): string {
  return createHash('sha256').update(JSON.stringify(stated)).digest('hex');
}
