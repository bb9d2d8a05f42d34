import type { Ehr } from '../ehr/open-ehr.ts';
import { sayStranger } from '../ehr/stranger.ts';
import type { Clock } from '../foundation/clock.ts';
import { defined } from '../foundation/defined.ts';
import type { EhrConnection } from '../http/app-options.ts';
import type { LandingRow } from '../landing/landing-row.ts';

/** How long an answer of the EHR says that it answers. */
const freshMs = 30_000;

/** Each EHR as the people who look after its connection see it and act on it. */
export function ehrConnections(ehrs: ReadonlyMap<string, Ehr>, clock: Clock): ReadonlyMap<string, EhrConnection> {
  return new Map([...ehrs].map(([tenantId, ehr]) => [tenantId, connectionTo(ehr, clock)]));
}

function connectionTo(ehr: Ehr, clock: Clock): EhrConnection {
  let asked: { readonly at: number; readonly answered: Promise<boolean> } | undefined;
  const ask = (how: () => Promise<void>): Promise<boolean> => {
    const answered = how().then(
      () => true,
      () => false,
    );
    asked = { at: clock.now().getTime(), answered };
    return answered;
  };
  return {
    answers() {
      const age = asked === undefined ? Number.NaN : clock.now().getTime() - asked.at;
      // it has fallen silent since it last answered
      const silent = ehr.pulse().state === 'silent';
      if (asked !== undefined && age >= 0 && age < freshMs && !silent) return asked.answered;
      return ask(() => ehr.rediscover());
    },
    askAgain: () => ask(() => ehr.rediscover()),
    tryAgain: () => ask(() => ehr.tryAnew()),
    landings: async () => summariseLandings(await ehr.landings()),
    pulse: () => ehr.pulse(),
    async successes() {
      const successes = await ehr.successes();
      return successes.map(({ requestKind, at }) => ({ requestKind, at: at.toISOString() }));
    },
    hold() {
      const hold = ehr.hold();
      return hold === undefined ? undefined : { since: hold.since.toISOString(), status: hold.status };
    },
    strangers: () =>
      ehr.strangers().map((stranger) => ({
        ...{ lane: stranger.lane, times: stranger.times, says: sayStranger(stranger) },
        ...{ since: stranger.since.toISOString(), at: stranger.at.toISOString() },
      })),
    async corrections() {
      const corrections = await ehr.corrections();
      return corrections.map(({ type, interaction, identity, status, attemptId, at, againAt }) => ({
        ...{ type, interaction, identity, status, attemptId, at: at.toISOString() },
        ...(againAt === undefined ? {} : { againAt: againAt.toISOString() }),
      }));
    },
  };
}

function summariseLandings(rows: readonly LandingRow[]): Awaited<ReturnType<EhrConnection['landings']>> {
  return rows.map(({ artefact, landing, identity, reason, toImprove, assumption, bySite }) => ({
    ...{ artefact, landing, identity, reason },
    ...(toImprove === null ? {} : { toImprove }),
    ...defined({ assumption, bySite }),
  }));
}
