/**
 * An id as this EHR takes it, as the text of a pattern: R4's letters, and the underscores and lengths that live EHRs have.
 */
export const logicalId = '[A-Za-z0-9._-]{1,255}';
