import type { LogView } from '../../contract/app/plan-view.ts';
import { listSafetySignals } from '../../record/safety/list-safety-signals.ts';
import { stuckSignals } from '../../record/safety/stuck-signals.ts';
import { openPatientOf } from './open-record-of.ts';
import { type OwnCall, signalsWait } from './signals-wait.ts';

/** By a log's id, the linkIds of its answers on which an open safety signal rests, and whether that waits for somebody. */
export type ToldOfRisk = ReadonlyMap<string, readonly { readonly linkId: string; readonly waits: boolean }[]>;

/**
 * Of which of their own risk answers the care team is told, as things stand now, and of which a signal is open that does not come
 * to them by itself: so that a patient's page says so only while it is so. Nothing for anybody else, who sees the signals themselves.
 */
export async function toldOfRisk(call: OwnCall): Promise<ToldOfRisk> {
  const { record, tenant, session } = call;
  if (session.role !== 'patient') return new Map();
  const patientId = openPatientOf(call);
  const open = await listSafetySignals(record, tenant.id, { patientId, status: 'open' });
  if (open.length === 0) return new Map();
  const waits = await signalsWait(call, { ask: true });
  const stuck = await stuckSignals(record.database, tenant.id, patientId);
  const told = new Map<string, { readonly linkId: string; readonly waits: boolean }[]>();
  for (const { id, evidence } of open) {
    for (const { logId, linkId } of evidence) {
      if (logId === undefined || linkId === undefined) continue;
      told.set(logId, [...(told.get(logId) ?? []), { linkId, waits: waits || stuck.has(id) }]);
    }
  }
  return told;
}

/** A log with of which of its answers the care team is told, and of which a signal only waits. */
export function withTold(log: LogView, told: ToldOfRisk): LogView {
  const own = told.get(log.id) ?? [];
  const linkIds = (waits: boolean) => [
    ...new Set(own.filter((one) => one.waits === waits).map(({ linkId }) => linkId)),
  ];
  const [riskTold, riskWaits] = [linkIds(false), linkIds(true)];
  return {
    ...log,
    ...(riskTold.length === 0 ? {} : { riskTold }),
    ...(riskWaits.length === 0 ? {} : { riskWaits }),
  };
}
