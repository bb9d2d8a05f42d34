import type { VendorTraits } from '../../landing/vendor-traits.ts';

/** A FHIR server that does what its statement says; other vendors are this one and their differences. */
export const generic: VendorTraits = {
  vendor: 'generic',
  title: 'FHIR server',
  refuses: [],
  finalObservationsOnly: true,
  observationRowsOnly: false,
  needsEncounter: [],
  noteFormats: ['text/plain'],
  unlistedScopes: 'system',
};
