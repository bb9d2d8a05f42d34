import { lazyPart } from '../parts/lazy-part.tsx';
import { PartMissing } from './part-missing.tsx';

// what opens over the first page is fetched right after it
export const unlockSheet = lazyPart(async () => (await import('./step-moves.tsx')).UnlockStep, PartMissing);
export const lockSheet = lazyPart(async () => (await import('./step-moves.tsx')).LockStep, PartMissing);
export const writeSheet = lazyPart(async () => (await import('./step-forms.tsx')).GiveFeedback, PartMissing);
export const answerSheet = lazyPart(async () => (await import('./answer-sheet.tsx')).AnswerSheet, PartMissing);
export const careSheets = [unlockSheet, lockSheet, writeSheet, answerSheet] as const;
