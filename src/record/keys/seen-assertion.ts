import type { Clock } from '../../foundation/clock.ts';
import type { Queryable } from '../database/database.ts';

export interface Assertion {
  readonly issuer: string;
  readonly jti: string;
  /** From when on it is refused anyway (its `exp`, and what clocks may differ); then it is forgotten here. */
  readonly expiresAt: Date;
}

/**
 * Remembers a client's assertion, so that it works only once, at whichever process it arrives.
 * @returns true when it was seen before and must be refused.
 * @see https://www.rfc-editor.org/rfc/rfc7523#section-3
 */
export async function seenAssertion(database: Queryable, clock: Clock, assertion: Assertion): Promise<boolean> {
  // what has expired can go in the same breath; a statement does not see its own changes, so the two don't meet
  const { rows } = await database.query<{ remembered: boolean }>(
    `with gone as (delete from assertion_seen where expires_at < $4::timestamptz - interval '10 minutes'),
          kept as (insert into assertion_seen (issuer, jti, expires_at) values ($1, $2, $3) on conflict do nothing returning jti)
     select exists (select from kept) as remembered`,
    [assertion.issuer, assertion.jti, assertion.expiresAt, clock.now()],
  );
  return rows[0]?.remembered !== true;
}
