/** The name a face answers under: `native`, `notes-only`, or that of a vendor. */
export type FaceName = string;
