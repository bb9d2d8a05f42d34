import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import { deviceZone } from '../words/same-clock.ts';
import { zoneWords } from '../words/zone-words.ts';
import { usePatientPages } from './patient-context.ts';
import '../styles/zone-note.css';

/** Says in whose time the days of these plans are, to whoever reads them in another one. */
export function ZoneNote({ plans }: { readonly plans: readonly PlanView[] }) {
  const { homework } = usePatientPages();
  const words = zoneWords({ plans, than: deviceZone(), whose: 'this device’s', now: homework.now });
  return words === undefined ? null : <p className="quiet zone-note">{words}</p>;
}
