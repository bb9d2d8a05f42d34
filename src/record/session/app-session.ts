import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { EhrReference, Instant } from '../../homework/model.ts';
import type { Visit } from '../../homework/patient/visit.ts';
import type { Role } from '../../homework/role.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { hashOf, opaqueToken } from './opaque-token.ts';
import { seal, unseal } from './seal.ts';

/** Where sessions are kept, and the key to what is sealed in them. */
export interface SessionStore extends Pick<HomeworkRecord, 'database' | 'clock'> {
  readonly sessionKey: Uint8Array;
}

const tokensShape = z.object({
  accessToken: z.string(),
  expiresAt: z.string(),
  refreshToken: z.string().exactOptional(),
  scope: z.string(),
  subject: z.string(),
});
const visitShape = z.object({
  reference: z.string(),
  start: z.string(),
  end: z.string().exactOptional(),
  said: z.enum(['time', 'day', 'vague']),
  status: z.string(),
  setting: z.string().exactOptional(),
  care: z.array(z.string()).readonly(),
  what: z.string().exactOptional(),
  people: z.array(z.object({ reference: z.string().exactOptional(), name: z.string().exactOptional() })).readonly(),
}) satisfies z.ZodType<Visit>;
const sealedShape = z.object({
  tokens: tokensShape,
  userName: z.string(),
  patient: z.object({ id: z.string(), name: z.string(), birthDate: z.string().exactOptional() }).exactOptional(),
  /** The patient's visits, newest first; absent: the EHR does not tell of them. */
  visits: z.array(visitShape).readonly().exactOptional(),
  /** Under which other references the user takes part in visits. */
  alsoAs: z.array(z.string()).readonly().exactOptional(),
  /** FHIR types whose writing the EHR was asked for and did not grant this person. */
  refusedWrites: z.array(z.string()).readonly().exactOptional(),
});

/** What of a session is kept encrypted: the EHR's tokens, and names. */
export type SealedSession = z.output<typeof sealedShape>;

/** A signed-in browser tab. */
export interface AppSession {
  /** Names its row. */
  readonly tokenHash: string;
  readonly launchId: string;
  readonly tenantId: string;
  /** `Practitioner/17`, or `Patient/17` for a patient. */
  readonly userReference: EhrReference;
  readonly role: Role;
  /** Whose homework this session may see: the launch's patient, or the one that a coordinator opened. */
  readonly patientId?: string;
  readonly encounter?: EhrReference;
  readonly canWrite: boolean;
  readonly expiresAt: Instant;
  readonly sealed: SealedSession;
  /** `sealed` as it stands in the row. */
  readonly sealedText: string;
}

export type NewAppSession = Omit<AppSession, 'tokenHash' | 'launchId' | 'expiresAt' | 'sealedText'>;

const idleMs = 30 * 60_000;
const longestMs = 12 * 60 * 60_000;
/** A call within a minute of the last one needs no write to say that the tab is alive. */
const touchMs = 60_000;
const mostTries = 5;

/** Opens a session; its token is answered here and never again. */
export async function openAppSession(
  store: SessionStore,
  session: NewAppSession,
): Promise<{ readonly token: string; readonly launchId: string; readonly expiresAt: Instant }> {
  const token = opaqueToken();
  const tokenHash = hashOf(token);
  const launchId = randomUUID();
  const now = store.clock.now();
  const expiresAt = new Date(now.getTime() + longestMs).toISOString();
  // sessions whose longest time was over a day ago are of no use to anyone
  await store.database.query(
    `with gone as (delete from app_session where expires_at < $10::timestamptz - interval '1 day')
     insert into app_session (token_hash, launch_id, tenant, user_reference, role, patient_id, encounter, can_write, sealed, started_at, seen_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11)`,
    [
      tokenHash,
      launchId,
      session.tenantId,
      session.userReference,
      session.role,
      session.patientId,
      session.encounter,
      session.canWrite,
      seal(store.sessionKey, tokenHash, session.sealed),
      now,
      expiresAt,
    ],
  );
  return { token, launchId, expiresAt };
}

interface SessionRow {
  launch_id: string;
  tenant: string;
  user_reference: string;
  role: Role;
  patient_id: string | null;
  encounter: string | null;
  can_write: boolean;
  sealed: string | null;
  seen_at: Instant;
  expires_at: Instant;
  ended: boolean;
}

/**
 * The session of a token; undefined when there is none, it has ended, is twelve hours old, cannot be opened with our key, or nobody used
 * it for half an hour.
 * @param touch false: the tab has called by itself, which keeps no session from ending
 */
export async function findAppSession(
  store: SessionStore,
  token: string,
  { touch }: { readonly touch: boolean } = { touch: true },
): Promise<AppSession | undefined> {
  return findSessionByHash(store, hashOf(token), { touch });
}

/**
 * The same by the hash that names its row: how it stands now, maybe changed by another process.
 * @param touch the tab itself has called: only that keeps a session from ending, not what the service does with it
 */
export async function findSessionByHash(
  store: SessionStore,
  tokenHash: string,
  { touch }: { readonly touch: boolean } = { touch: false },
): Promise<AppSession | undefined> {
  const now = store.clock.now().getTime();
  const { rows } = await store.database.query<SessionRow>(
    `select launch_id, tenant, user_reference, role, patient_id, encounter, can_write, sealed, seen_at, expires_at, ended_at is not null as ended
     from app_session where token_hash = $1`,
    [tokenHash],
  );
  const row = rows[0];
  if (row === undefined || row.ended || row.sealed === null) return undefined;
  const idle = now - Date.parse(row.seen_at);
  if (idle >= idleMs || now >= Date.parse(row.expires_at)) {
    await endAppSession(store, tokenHash);
    return undefined;
  }
  const sealed = sealedShape.safeParse(unseal(store.sessionKey, tokenHash, row.sealed));
  if (!sealed.success) return undefined;
  if (touch && idle >= touchMs) {
    await store.database.query('update app_session set seen_at = greatest(seen_at, $2) where token_hash = $1', [
      tokenHash,
      new Date(now),
    ]);
  }
  return {
    tokenHash,
    launchId: row.launch_id,
    tenantId: row.tenant,
    userReference: row.user_reference,
    role: row.role,
    ...(row.patient_id === null ? {} : { patientId: row.patient_id }),
    ...(row.encounter === null ? {} : { encounter: row.encounter }),
    canWrite: row.can_write,
    expiresAt: row.expires_at,
    sealed: sealed.data,
    sealedText: row.sealed,
  };
}

/** Ends a session and wipes what was sealed in it. */
export async function endAppSession({ database, clock }: SessionStore, tokenHash: string): Promise<void> {
  await database.query(
    'update app_session set ended_at = coalesce(ended_at, $2), sealed = null, patient_id = null where token_hash = $1',
    [tokenHash, clock.now()],
  );
}

/** Keeps refreshed tokens and gives the refresh lease back; a session that has ended stays ended. Only who holds the lease does this. */
export async function keepTokens(
  store: SessionStore,
  tokenHash: string,
  tokens: SealedSession['tokens'],
): Promise<void> {
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const session = await findSessionByHash(store, tokenHash);
    if (session === undefined) return;
    const { rowCount } = await store.database.query(
      `update app_session set sealed = $2, refreshing_until = null where token_hash = $1 and ended_at is null and sealed = $3`,
      [tokenHash, seal(store.sessionKey, tokenHash, { ...session.sealed, tokens }), session.sealedText],
    );
    // a patient was opened meanwhile: that must not be lost
    if (rowCount === 1) return;
  }
  throw new Error('a session changed faster than it could be kept');
}
