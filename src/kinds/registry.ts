import { activityPacing } from './activity-pacing/index.ts';
import { behaviouralActivation } from './behavioural-activation/index.ts';
import { behaviouralExperiment } from './behavioural-experiment/index.ts';
import { communicationPractice } from './communication-practice/index.ts';
import { diaryCard } from './diary-card/index.ts';
import { gad2 } from './gad-2/index.ts';
import { gad7 } from './gad-7/index.ts';
import { gradedExposure } from './graded-exposure/index.ts';
import { isi } from './isi/index.ts';
import { type KindRegister, kindRegister } from './kind-register.ts';
import { miniSpin } from './mini-spin/index.ts';
import { ociR } from './oci-r/index.ts';
import { pcl5Month } from './pcl-5-month/index.ts';
import { pcl5Week } from './pcl-5-week/index.ts';
import { pdssSr } from './pdss-sr/index.ts';
import { peg } from './peg/index.ts';
import { phq2 } from './phq-2/index.ts';
import { phq8 } from './phq-8/index.ts';
import { phq9 } from './phq-9/index.ts';
import { psychoeducation } from './psychoeducation/index.ts';
import { relapsePrevention } from './relapse-prevention/index.ts';
import { relaxationPractice } from './relaxation-practice/index.ts';
import { selfMonitoring } from './self-monitoring/index.ts';
import { sleepDiary } from './sleep-diary/index.ts';
import { spin } from './spin/index.ts';
import { structuredWriting } from './structured-writing/index.ts';
import { testAnxietySelfTalk } from './test-anxiety-self-talk/index.ts';
import { thoughtRecord } from './thought-record/index.ts';
import { who5 } from './who-5/index.ts';
import { wsas } from './wsas/index.ts';
import { yBocs } from './y-bocs/index.ts';

/** Every kind of homework that comes with the product. A new one is a folder beside the others and its name in this list. */
export const registeredKinds: KindRegister = kindRegister([
  selfMonitoring,
  behaviouralExperiment,
  gradedExposure,
  communicationPractice,
  thoughtRecord,
  behaviouralActivation,
  relaxationPractice,
  structuredWriting,
  psychoeducation,
  diaryCard,
  activityPacing,
  testAnxietySelfTalk,
  relapsePrevention,
  sleepDiary,
  phq9,
  phq8,
  phq2,
  gad7,
  gad2,
  pcl5Month,
  pcl5Week,
  peg,
  isi,
  wsas,
  spin,
  miniSpin,
  pdssSr,
  ociR,
  yBocs,
  who5,
]);
