import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { FaceName } from '../face-name.ts';
import { logicalId } from '../logical-id.ts';
import { oidcAdapter } from './oidc-adapter.ts';

/** Ways a token response can be made wrong on purpose, for the conformance tests of a client. */
export const tamperings = [
  'nonce',
  'aud',
  'iss',
  'signature',
  'expired',
  'other-user',
  'no-patient',
  'at_hash',
  'no-id-token',
] as const;

const id = z.string().regex(new RegExp(`^${logicalId}$`), 'is not a logical id');

/** What an EHR launch hands over: who clicked, and what was open. */
export const launchSchema = z.strictObject({
  /** `Practitioner/<id>` or `Patient/<id>`. */
  user: z
    .string()
    .regex(new RegExp(`^(Practitioner|Patient)/${logicalId}$`), 'is not Practitioner/<id> or Patient/<id>'),
  patient: id.optional(),
  encounter: id.optional(),
  fhirContext: z.array(z.strictObject({ reference: z.string().min(1), role: z.string().min(1).optional() })).optional(),
  intent: z.string().min(1).max(64).optional(),
  needPatientBanner: z.boolean().optional(),
  /** Scopes that are not granted though the app asks for them. */
  scopesDenied: z.array(z.string()).optional(),
  /** `ask`: the user is shown what the app asks for and may allow less; otherwise it is granted at once. */
  consent: z.literal('ask').optional(),
  tamper: z.enum(tamperings).optional(),
});

export type Launch = z.infer<typeof launchSchema>;

/** What stays with a grant for as long as its tokens live. */
export type LaunchContext = Omit<Launch, 'scopesDenied' | 'consent'>;

const LAUNCH_SECONDS = 300;
const CONTEXT_SECONDS = 30 * 86_400;

/** Launches that wait for their app, and the contexts of grants; both survive a restart. */
export class Launches {
  readonly #waiting;
  readonly #contexts;
  readonly #database: DatabaseSync;
  readonly #face: FaceName;

  constructor(database: DatabaseSync, face: FaceName) {
    const records = oidcAdapter(database, face, async () => undefined);
    this.#waiting = records('Launch');
    this.#contexts = records('LaunchContext');
    this.#database = database;
    this.#face = face;
  }

  /** Keeps a launch for five minutes. @returns the opaque `launch` parameter */
  async issue(launch: Launch): Promise<string> {
    const launchId = randomUUID();
    await this.#waiting.upsert(launchId, { launch }, LAUNCH_SECONDS);
    return launchId;
  }

  /** The launch, undefined when it is unknown, used or too old. */
  async find(launchId: string): Promise<Launch | undefined> {
    const found = await this.#waiting.find(launchId);
    return found ? launchSchema.parse(found.launch) : undefined;
  }

  /** Uses a launch up. @returns false when somebody else did first */
  use(launchId: string): boolean {
    const { changes } = this.#database
      .prepare(`DELETE FROM authorization_record WHERE face = ? AND model = 'Launch' AND id = ? AND expires_at >= ?`)
      .run(this.#face, launchId, Math.floor(Date.now() / 1000));
    return changes === 1;
  }

  async keepContext(grantId: string, context: LaunchContext): Promise<void> {
    await this.#contexts.upsert(grantId, { context }, CONTEXT_SECONDS);
  }

  async context(grantId: string): Promise<LaunchContext | undefined> {
    const found = await this.#contexts.find(grantId);
    return found ? (found.context as LaunchContext) : undefined;
  }

  /** Ends what people have signed in to: their tokens hold no longer, refreshing fails. */
  endSessions(): void {
    this.#database
      .prepare(
        `DELETE FROM authorization_record
         WHERE face = ? AND model IN ('Session', 'AuthorizationCode', 'AccessToken', 'RefreshToken', 'LaunchContext')`,
      )
      .run(this.#face);
  }
}
