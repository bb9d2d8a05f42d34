import { lazyPart } from '../parts/lazy-part.tsx';
import { PartMissing } from '../parts/part-missing.tsx';

// what opens over the first page, or stands below what needs a person, is fetched right after it
export const checkSection = lazyPart(async () => (await import('./check-section.tsx')).CheckSection, PartMissing);
export const mergeSheet = lazyPart(async () => (await import('./merge-sheet.tsx')).MergeSheet, PartMissing);
export const checkSheet = lazyPart(async () => (await import('./check-sheet.tsx')).CheckSheet, PartMissing);
