import type { Artefact } from '../homework/model.ts';
import type { Capabilities } from '../landing/capabilities.ts';
import type { LandingRow } from '../landing/landing-row.ts';
import type { ObservationRows, VendorTraits } from '../landing/vendor-traits.ts';
import type { Carrier } from './carrier.ts';
import type { EncounterChoice } from './find-encounter.ts';

/** What an EHR is, as far as sending depends on it. */
export interface SendingContext {
  readonly landings: ReadonlyMap<Artefact, LandingRow>;
  readonly capabilities: Capabilities;
  readonly traits: VendorTraits;
  readonly observationRows: ObservationRows;
}

/** What is known of the patient's side at this moment. */
export interface PatientContext {
  /** Who could carry what the service may not write itself. */
  readonly carriers: readonly Carrier[];
  /** Present where something of the group must name an encounter. */
  readonly encounter?: EncounterChoice | undefined;
}
