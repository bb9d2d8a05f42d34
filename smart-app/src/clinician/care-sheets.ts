import { lazyPart } from '../parts/lazy-part.tsx';
import { PartMissing } from '../parts/part-missing.tsx';

// what opens over the first page is fetched right after it
export const unlockSheet = lazyPart(async () => (await import('./step-moves.tsx')).UnlockStep, PartMissing);
export const lockAgain = lazyPart(async () => (await import('./lock-again.tsx')).LockAgain, PartMissing);
export const writeSheet = lazyPart(async () => (await import('./step-forms.tsx')).GiveFeedback, PartMissing);
export const answerSheet = lazyPart(async () => (await import('./answer-sheet.tsx')).AnswerSheet, PartMissing);
export const smallerSheet = lazyPart(async () => (await import('./smaller-step.tsx')).SmallerStep, PartMissing);
export const closeSignal = lazyPart(async () => (await import('./close-signal.tsx')).CloseSignal, PartMissing);
// for whoever sees the patient, whatever they may write
export const raiseSheet = lazyPart(
  async () => (await import('./raise-safety-sheet.tsx')).RaiseSafetySheet,
  PartMissing,
);
export const signalInChart = lazyPart(async () => (await import('./signal-in-chart.tsx')).SignalInChart, PartMissing);
// words of a rule, of which the first page seldom has one: for whoever sees the patient, too
export const opensByRule = lazyPart(async () => (await import('./opens-by-rule.tsx')).OpensByRule, PartMissing);
const ofSignals = [closeSignal, signalInChart] as const;
export const careSheets = [unlockSheet, smallerSheet, lockAgain, writeSheet, answerSheet, ...ofSignals] as const;
