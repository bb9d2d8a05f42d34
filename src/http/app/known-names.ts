import type { AppSession } from '../../record/session/app-session.ts';
import type { AppOptions, SmartOptions } from '../app-options.ts';
import { withUserToken } from '../smart/with-user-token.ts';

const keepMs = 5 * 60_000;
const mostKept = 20_000;

/** Names that a person's own token could read, kept for minutes and in memory only. */
export interface KnownNames {
  /** Names by reference (`Patient/17`); who may not be read, or cannot be now, is left out. @throws `session-expired` */
  of(session: AppSession, references: readonly (string | null)[]): Promise<ReadonlyMap<string, string>>;
}

/**
 * Opens the memory of names. The record holds no names, so the EHR is asked, page by page and with the token of whoever
 * looks: it alone knows who may see whose. What one user could read is shown to no other.
 */
export function openKnownNames(options: AppOptions, smart: SmartOptions): KnownNames {
  const kept = new Map<string, { name: string; until: number }>();
  return {
    async of(session, references) {
      const now = options.record.clock.now().getTime();
      const place = (reference: string) => `${session.tenantId} ${session.userReference} ${reference}`;
      const wanted = [...new Set(references.filter((reference) => reference !== null))];
      const names = new Map<string, string>();
      for (const reference of wanted) {
        const known = kept.get(place(reference));
        if (known !== undefined && known.until > now) names.set(reference, known.name);
      }
      const missing = wanted.filter((reference) => !names.has(reference));
      if (missing.length === 0) return names;
      const read = await withUserToken(options, smart, session, async (client, accessToken) => {
        return { ok: true, value: await client.readNames(accessToken, missing) };
      });
      for (const [reference, name] of read ?? []) {
        names.set(reference, name);
        kept.set(place(reference), { name, until: now + keepMs });
      }
      // the oldest go first: a Map keeps the order in which things came
      for (const old of kept.keys()) {
        if (kept.size <= mostKept) break;
        kept.delete(old);
      }
      return names;
    },
  };
}
