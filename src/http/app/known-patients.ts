import type { PatientSight } from '../../ehr/smart/read-patients.ts';
import type { AppSession } from '../../record/session/app-session.ts';
import type { AppOptions, SmartOptions } from '../app-options.ts';
import { withUserToken } from '../smart/with-user-token.ts';

const keepMs = 5 * 60_000;
const mostKept = 50_000;

/** What a person may see of patients, as their own token has shown, kept for minutes and in memory only. */
export interface KnownPatients {
  /** By patient id; of whom the EHR says nothing now is left out, and is not to be shown. @throws `session-expired` */
  of(session: AppSession, patientIds: readonly string[]): Promise<ReadonlyMap<string, PatientSight>>;
  /** The EHR has just refused to open this one, whom it told of before. */
  shut(session: AppSession, patientId: string): void;
  /** The same of those only who are known already; nobody is asked. */
  known(session: AppSession, patientIds: readonly string[]): ReadonlyMap<string, PatientSight>;
}

/**
 * Opens the memory of who may see whom. The EHR alone knows, and is asked with the token of whoever looks; what one user
 * may see says nothing of another.
 */
export function openKnownPatients(options: AppOptions, smart: SmartOptions): KnownPatients {
  const kept = new Map<string, { readonly sight: PatientSight; readonly until: number }>();
  const now = () => options.record.clock.now().getTime();
  // by session: another sign-in of the same person may have been granted less
  const place = ({ launchId }: AppSession, id: string) => `${launchId} ${id}`;
  const known: KnownPatients['known'] = (session, patientIds) => {
    const at = now();
    return new Map(
      patientIds.flatMap((id): [string, PatientSight][] => {
        const sighting = kept.get(place(session, id));
        return sighting === undefined || sighting.until <= at ? [] : [[id, sighting.sight]];
      }),
    );
  };
  return {
    known,
    shut(session, id) {
      const sighting = kept.get(place(session, id));
      if (sighting?.sight.seen === 'readable')
        kept.set(place(session, id), { ...sighting, sight: { ...sighting.sight, seen: 'listed' } });
    },
    async of(session, patientIds) {
      const sights = new Map(known(session, patientIds));
      const missing = [...new Set(patientIds)].filter((id) => !sights.has(id));
      if (missing.length === 0) return sights;
      const read = await withUserToken(options, smart, session, (client, accessToken) =>
        client.readPatients(accessToken, missing),
      );
      const until = now() + keepMs;
      for (const [id, sight] of read ?? []) {
        sights.set(id, sight);
        // what is newest stands last
        kept.delete(place(session, id));
        kept.set(place(session, id), { sight, until });
      }
      for (const old of kept.keys()) {
        if (kept.size <= mostKept) break;
        kept.delete(old);
      }
      return sights;
    },
  };
}
