import { lazyPart } from '../parts/lazy-part.tsx';

// what opens over the first page is fetched right after it
export const unlockSheet = lazyPart(async () => (await import('./unlock-sheet.tsx')).UnlockSheet, 'within');
export const lockSheet = lazyPart(async () => (await import('./lock-sheet.tsx')).LockSheet, 'within');
export const answerSheet = lazyPart(async () => (await import('./answer-sheet.tsx')).AnswerSheet, 'within');
export const writeSheet = lazyPart(async () => (await import('./write-sheet.tsx')).WriteSheet, 'within');
export const careSheets = [unlockSheet, lockSheet, answerSheet, writeSheet] as const;
