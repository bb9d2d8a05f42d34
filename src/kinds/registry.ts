import { behaviouralExperiment } from './behavioural-experiment/index.ts';
import { communicationPractice } from './communication-practice/index.ts';
import { gradedExposure } from './graded-exposure/index.ts';
import { type KindRegister, kindRegister } from './kind-register.ts';
import { selfMonitoring } from './self-monitoring/index.ts';

/** Every kind of homework that comes with the product. A new one is a folder beside the others and its name in this list. */
export const registeredKinds: KindRegister = kindRegister([
  selfMonitoring,
  behaviouralExperiment,
  gradedExposure,
  communicationPractice,
]);
