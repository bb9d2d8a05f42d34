import type { EhrFailure } from '../ehr/ehr-failure.ts';
import type { Ehr } from '../ehr/open-ehr.ts';
import type { Pause } from './pause-rule.ts';
import type { DeliveryLogger } from './worker-options.ts';

/** Says once that a tenant's deliveries wait for its EHR, and once that they flow again; and keeps of the EHR how it answers meanwhile. */
export function tellPause(
  logger: DeliveryLogger,
  ehr: Pick<Ehr, 'tenantId' | 'held'>,
  change: { readonly from: Pause; readonly to: Pause; readonly failure: EhrFailure | undefined },
): void {
  const { from, to, failure } = change;
  const tenant = ehr.tenantId;
  // silence and strangers are told of apart
  if (to.failures === 0) ehr.held(undefined);
  else if (to !== from && failure?.stranger === undefined && failure?.status !== undefined) ehr.held(failure.status);
  if (from.failures > 0 && to.failures === 0) logger.info({ tenant }, 'EHR takes deliveries again');
  if (from.failures > 0 || to.failures === 0 || failure === undefined) return;
  // with a status the outcome is somebody's own words, which may quote what was sent
  const problem = failure.status ?? failure.outcome;
  const who =
    failure.stranger === undefined ? 'EHR takes no deliveries' : 'something else than the EHR answers deliveries';
  logger.warn({ tenant, problem }, `${who}; they wait`);
}
