import type { Ehr } from '../ehr/open-ehr.ts';
import type { EhrPulse } from '../foundation/ehr-pulse.ts';
import { ehrTrouble } from '../foundation/ehr-trouble.ts';
import type { Logger } from '../logger.ts';

/** How often each EHR is heard of, so that what is said of it is no older than twice this, in milliseconds. */
const againMs = 30_000;

type Watched = Pick<Ehr, 'tenantId' | 'landings' | 'strangers' | 'hold' | 'pulse' | 'knock'>;

/** Which EHRs answer, as of the last time they were asked. */
export interface EhrWatch {
  /**
   * By tenant, for health: `ok`, `unreachable`, `unfit` where it answers and cannot be used as it is; else what is wrong now, with
   * `; ` between: `answered-by-another` while something else than the EHR answers reads or writes, `silent since <time>` and
   * `slow since <time>: search Task` while all requests, or those named, are not answered, `takes no deliveries since <time>: 401`
   * while writes are answered so and wait.
   */
  parts(): Record<string, string>;
  /** What does not work, in words for a person. */
  problems(): string[];
  /** Hears of each EHR now, unless something of it was heard within this time, in milliseconds. */
  listen(withinMs: number): Promise<void>;
  stop(): void;
}

/**
 * Asks every EHR what it takes, so that the first delivery need not wait; those that did not answer are asked again, and one
 * of which nothing was heard for half a minute is asked for its smallest document. An EHR that is down is said once, when it
 * goes down, and once when it is back.
 */
export async function watchEhrs(
  ehrs: ReadonlyMap<string, Watched>,
  logger: Pick<Logger, 'info' | 'warn'>,
): Promise<EhrWatch> {
  /** Why, by tenant; `undefined`: it does not answer. */
  const down = new Map<string, string | undefined>();
  const ask = async (ehr: Watched): Promise<void> => {
    const tenant = ehr.tenantId;
    try {
      const landings = Object.fromEntries((await ehr.landings()).map((row) => [row.artefact, row.landing]));
      down.delete(tenant);
      logger.info({ tenant, landings }, 'EHR asked');
    } catch (error) {
      const { code = 'unexpected', problem } = ehrTrouble(error) ?? {};
      const why = code === 'ehr-unreachable' || code === 'unexpected' ? undefined : problem;
      if (down.has(tenant) && down.get(tenant) === why) return;
      down.set(tenant, why);
      const said = why === undefined ? 'EHR does not answer' : 'EHR answers, and cannot be used as it is';
      logger.warn({ tenant, code, problem }, `${said}; its homework is kept and delivered later`);
    }
  };
  const stateOf = (tenant: string) => {
    if (!down.has(tenant)) return troubleOf(ehrs.get(tenant));
    return down.get(tenant) === undefined ? 'unreachable' : 'unfit';
  };
  /** Those that said what they take, and have fallen silent since. */
  const silent = new Set<string>();
  const knock = async (ehr: Watched, withinMs: number): Promise<void> => {
    const tenant = ehr.tenantId;
    await ehr.knock(withinMs);
    const isSilent = ehr.pulse().state === 'silent';
    if (isSilent === silent.has(tenant)) return;
    if (isSilent) {
      silent.add(tenant);
      logger.warn({ tenant }, 'EHR does not answer; its homework is kept and delivered later');
    } else {
      silent.delete(tenant);
      logger.info({ tenant }, 'EHR answers again');
    }
  };
  const listen = async (withinMs: number): Promise<void> => {
    await Promise.all([...ehrs.values()].map((ehr) => (down.has(ehr.tenantId) ? ask(ehr) : knock(ehr, withinMs))));
  };
  await Promise.all([...ehrs.values()].map(ask));
  const timer = setInterval(() => void listen(againMs), againMs);
  return {
    parts: () => Object.fromEntries([...ehrs.keys()].map((tenant) => [`ehr ${tenant}`, stateOf(tenant)])),
    problems: () =>
      [...down]
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([tenant, why]) =>
          why === undefined
            ? `the EHR of tenant "${tenant}" does not answer; its homework is kept and delivered when it does.`
            : `the EHR of tenant "${tenant}" cannot be used as it is (${why}); its homework is kept until it can.`,
        ),
    listen,
    stop: () => clearInterval(timer),
  };
}

/** Of an EHR that said what it takes when it was last asked. */
function troubleOf(ehr: Watched | undefined): string {
  if (ehr === undefined) return 'ok';
  const others = ehr.strangers().length === 0 ? [] : ['answered-by-another'];
  const hold = ehr.hold();
  const held = hold === undefined ? [] : [`takes no deliveries since ${hold.since.toISOString()}: ${hold.status}`];
  return [...others, ...held, ...lateness(ehr.pulse())].join('; ') || 'ok';
}

function lateness(pulse: EhrPulse): string[] {
  if (pulse.state === 'answers') return [];
  const { state, since, requestKinds } = pulse;
  return [state === 'silent' ? `silent since ${since}` : `slow since ${since}: ${requestKinds.join(', ')}`];
}
