import type { Ehr } from '../ehr/open-ehr.ts';
import { hasCode } from '../homework/errors.ts';
import type { Logger } from '../logger.ts';

/** Asks every EHR what it takes, so that the first delivery need not wait; says in words which did not answer. */
export async function askEhrs(ehrs: ReadonlyMap<string, Ehr>, logger: Logger): Promise<string[]> {
  const problems: string[] = [];
  await Promise.all(
    [...ehrs.values()].map(async (ehr) => {
      try {
        const landings = await ehr.landings();
        logger.info(
          { tenant: ehr.tenantId, landings: Object.fromEntries(landings.map((row) => [row.artefact, row.landing])) },
          'EHR asked',
        );
      } catch (error) {
        const code = hasCode(error, 'ehr-unreachable') ? error.code : 'unexpected';
        logger.warn({ tenant: ehr.tenantId, code }, 'EHR does not answer; its homework is kept and delivered later');
        problems.push(
          `the EHR of tenant "${ehr.tenantId}" does not answer; its homework is kept and delivered when it does.`,
        );
      }
    }),
  );
  return problems.sort();
}
