import { lazyPart } from '../parts/lazy-part.tsx';
import { PartMissing } from '../parts/part-missing.tsx';

/** The check of the ledger: it stands below what needs a person, and is fetched right after the first paint. */
export const checkSection = lazyPart(async () => (await import('./check-section.tsx')).CheckSection, PartMissing);
