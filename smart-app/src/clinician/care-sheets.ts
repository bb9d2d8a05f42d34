import { lazyPart } from '../parts/lazy-part.tsx';

// what opens over the first page is fetched right after it
export const unlockSheet = lazyPart(async () => (await import('./step-moves.tsx')).UnlockStep, 'within');
export const lockSheet = lazyPart(async () => (await import('./step-moves.tsx')).LockStep, 'within');
export const writeSheet = lazyPart(async () => (await import('./step-forms.tsx')).GiveFeedback, 'within');
export const answerSheet = lazyPart(async () => (await import('./answer-sheet.tsx')).AnswerSheet, 'within');
export const careSheets = [unlockSheet, lockSheet, writeSheet, answerSheet] as const;
