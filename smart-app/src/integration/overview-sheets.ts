import { lazyPart } from '../parts/lazy-part.tsx';
import { PartMissing } from '../parts/part-missing.tsx';

// what opens over the first page is fetched right after it
export const mergeSheet = lazyPart(async () => (await import('./merge-sheet.tsx')).MergeSheet, PartMissing);
export const checkSheet = lazyPart(async () => (await import('./check-sheet.tsx')).CheckSheet, PartMissing);
