import { lazyPart } from '../parts/lazy-part.tsx';

/** Forms that change a running plan: seldom opened, so fetched only after the page that offers them. */
export const changeStep = lazyPart(async () => (await import('./change-step.tsx')).ChangeStep);
export const smallerStep = lazyPart(async () => (await import('./smaller-step.tsx')).SmallerStep);
export const addStep = lazyPart(async () => (await import('./add-step.tsx')).AddStep);
export const changePlan = lazyPart(async () => (await import('./change-plan.tsx')).ChangePlan);
