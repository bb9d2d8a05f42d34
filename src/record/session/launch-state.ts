import type { HomeworkRecord } from '../homework-record.ts';
import { hashOf } from './opaque-token.ts';

type Stored = Pick<HomeworkRecord, 'database' | 'clock'>;

/** What must be known of a launch when its browser comes back. */
export interface LaunchState {
  readonly tenantId: string;
  /** base64url(SHA-256(the tab's secret)). */
  readonly tabKeyHash: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  /** What was asked for. */
  readonly scope: string;
  /** Of the authorization server that the browser was sent to. */
  readonly issuer: string;
  /** That server said that each of its answers names it (RFC 9207). */
  readonly answerNamesIssuer: boolean;
}

const launchMs = 10 * 60_000;

/** Keeps a launch for ten minutes under its `state`, of which only the hash is stored. */
export async function keepLaunchState({ database, clock }: Stored, state: string, launch: LaunchState): Promise<void> {
  const now = clock.now();
  const expiresAt = new Date(now.getTime() + launchMs);
  // launches that nobody came back from go in the same breath
  await database.query(
    `with gone as (delete from launch_state where expires_at < $9::timestamptz)
     insert into launch_state (state_hash, tenant, tab_key_hash, nonce, code_verifier, scope, issuer, answer_names_issuer, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $10)`,
    [
      hashOf(state),
      launch.tenantId,
      launch.tabKeyHash,
      launch.nonce,
      launch.codeVerifier,
      launch.scope,
      launch.issuer,
      launch.answerNamesIssuer,
      now,
      expiresAt,
    ],
  );
}

/** Takes a launch by its `state`, once: whoever asks again, at whichever process, or after its ten minutes, gets undefined. */
export async function takeLaunchState({ database, clock }: Stored, state: string): Promise<LaunchState | undefined> {
  const { rows } = await database.query<LaunchState & { fresh: boolean }>(
    `delete from launch_state where state_hash = $1
     returning tenant as "tenantId", tab_key_hash as "tabKeyHash", nonce, code_verifier as "codeVerifier", scope, issuer,
       answer_names_issuer as "answerNamesIssuer", expires_at > $2 as fresh`,
    [hashOf(state), clock.now()],
  );
  const row = rows[0];
  if (row === undefined || !row.fresh) return undefined;
  const { fresh: _fresh, ...launch } = row;
  return launch;
}

/** Which tenant a launch is for that nobody has come back from yet, its ten minutes over or not; without taking it. */
export async function tenantOfLaunch({ database }: Stored, state: string): Promise<string | undefined> {
  const { rows } = await database.query<{ tenant: string }>('select tenant from launch_state where state_hash = $1', [
    hashOf(state),
  ]);
  return rows[0]?.tenant;
}
