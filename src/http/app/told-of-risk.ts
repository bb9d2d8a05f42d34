import type { LogView } from '../../contract/app/plan-view.ts';
import { listSafetySignals } from '../../record/safety/list-safety-signals.ts';
import type { AppCall } from './app-route.ts';
import { openPatientOf } from './open-record-of.ts';

/** By a log's id, the linkIds of its answers on which an open safety signal rests. */
export type ToldOfRisk = ReadonlyMap<string, readonly string[]>;

/**
 * Of which of their own risk answers the care team is told, as things stand now: so that a patient's page says so only while it is
 * so. Nothing for anybody else, who sees the signals themselves.
 */
export async function toldOfRisk(
  call: Pick<AppCall<unknown, unknown>, 'record' | 'tenant' | 'session'>,
): Promise<ToldOfRisk> {
  const { record, tenant, session } = call;
  if (session.role !== 'patient') return new Map();
  const open = await listSafetySignals(record, tenant.id, { patientId: openPatientOf(call), status: 'open' });
  const told = new Map<string, readonly string[]>();
  for (const { logId, linkId } of open.flatMap(({ evidence }) => evidence)) {
    if (logId !== undefined && linkId !== undefined) told.set(logId, [...(told.get(logId) ?? []), linkId]);
  }
  return told;
}

/** A log with of which of its answers the care team is told. */
export function withTold(log: LogView, told: ToldOfRisk): LogView {
  const linkIds = told.get(log.id);
  return linkIds === undefined ? log : { ...log, riskTold: [...new Set(linkIds)] };
}
