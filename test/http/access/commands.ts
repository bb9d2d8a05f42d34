import { markedAnswers, markedPlan, marks, patients } from './two-systems.ts';

/** A body that is taken, for each command of the API by its operation. */
export const bodies: Readonly<Record<string, object | undefined>> = {
  createPlan: markedPlan('b', patients.both),
  closePlan: { status: 'revoked', reason: 'no more' },
  changePlan: { basedOn: 1, actor: 'Practitioner/17', title: marks.b },
  changeAssignment: { basedOn: 1, actor: 'Practitioner/17', title: marks.b },
  makeSmallerStep: {
    ...{ basedOn: 1, actor: 'Practitioner/17', reason: marks.b },
    smaller: { title: marks.b, schedule: { type: 'once-within', days: 3 } },
  },
  addAssignment: {
    ...{ key: 'b', kind: 'self-monitoring', title: marks.b },
    ...{ schedule: { type: 'once-within', days: 3 }, unlock: { type: 'at-start' } },
  },
  fileReport: {},
  moveAssignment: { event: 'stop', barrier: { code: 'fear', text: marks.b } },
  excuseOccurrence: { reason: 'was ill' },
  logHomework: markedAnswers('b', false),
  amendLog: { withheld: [] },
  completeLog: {},
  recordBarrier: { code: 'fear', text: marks.b },
  recordPlanBarrier: { code: 'fear', text: marks.b },
  talkOverBarrier: {},
  giveFeedback: { author: 'patient', text: marks.b },
  giveFeedbackOnLog: { author: 'patient', text: marks.b },
  raiseSafetySignal: { patientId: patients.both, rule: 'other-concern' },
  closeSafetySignal: { by: 'Practitioner/17', reason: 'all is well' },
  retryLedger: {},
  confirmLedger: { reference: 'Task/17' },
  startLedgerCheck: {},
  withdrawLedger: { reason: 'not wanted' },
  confirmMerge: { survivorId: patients.both, by: 'Practitioner/17', reason: 'twice' },
};
