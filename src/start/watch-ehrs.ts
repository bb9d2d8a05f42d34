import type { Ehr } from '../ehr/open-ehr.ts';
import { hasCode } from '../homework/errors.ts';
import type { Logger } from '../logger.ts';

const againMs = 60_000;

/** Which EHRs answer, as of the last time they were asked. */
export interface EhrWatch {
  /** By tenant: `ok` or `unreachable`; for health. */
  parts(): Record<string, string>;
  /** What does not work, in words for a person. */
  problems(): string[];
  stop(): void;
}

/**
 * Asks every EHR what it takes, so that the first delivery need not wait; those that did not answer are asked again each
 * minute. An EHR that is down is said once, when it goes down, and once when it is back.
 */
export async function watchEhrs(ehrs: ReadonlyMap<string, Ehr>, logger: Logger): Promise<EhrWatch> {
  const down = new Set<string>();
  const ask = async (ehr: Ehr): Promise<void> => {
    const tenant = ehr.tenantId;
    try {
      const landings = Object.fromEntries((await ehr.landings()).map((row) => [row.artefact, row.landing]));
      down.delete(tenant);
      logger.info({ tenant, landings }, 'EHR asked');
    } catch (error) {
      if (down.has(tenant)) return;
      down.add(tenant);
      const code = hasCode(error, 'ehr-unreachable') ? error.code : 'unexpected';
      logger.warn({ tenant, code }, 'EHR does not answer; its homework is kept and delivered later');
    }
  };
  await Promise.all([...ehrs.values()].map(ask));
  const timer = setInterval(() => {
    for (const ehr of ehrs.values()) if (down.has(ehr.tenantId)) void ask(ehr);
  }, againMs);
  return {
    parts: () =>
      Object.fromEntries([...ehrs.keys()].map((tenant) => [`ehr ${tenant}`, down.has(tenant) ? 'unreachable' : 'ok'])),
    problems: () =>
      [...down]
        .sort()
        .map(
          (tenant) => `the EHR of tenant "${tenant}" does not answer; its homework is kept and delivered when it does.`,
        ),
    stop: () => clearInterval(timer),
  };
}
