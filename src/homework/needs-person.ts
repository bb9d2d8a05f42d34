import type { MoveEvent } from './plan/make-move.ts';

/**
 * Who an act needs: `signed-in` = a person who is signed in in the app, whom no system can speak for; `as-stated` = a system may
 * tell whose act it was, and it stays what that system told; `nobody` = it is the system's own.
 */
export type Needs = 'signed-in' | 'as-stated' | 'nobody';

interface Rule {
  readonly needs: Needs;
  /** For the table in the documentation. */
  readonly because: string;
}

/** The moves that people make, each as an act. */
type MoveAct = `move ${MoveEvent['type']}`;

/** Every change that can be asked of the record at a door, by the name that the API has for it; a move by its event. */
export type Act =
  | MoveAct
  | 'createPlan'
  | 'closePlan'
  | 'changePlan'
  | 'changeAssignment'
  | 'addAssignment'
  | 'makeSmallerStep'
  | 'excuseOccurrence'
  | 'startSession'
  | 'recordBarrier'
  | 'recordPlanBarrier'
  | 'talkOverBarrier'
  | 'giveFeedback'
  | 'giveFeedbackOnLog'
  | 'logHomework'
  | 'amendLog'
  | 'completeLog'
  | 'retractLog'
  | 'fileReport'
  | 'signReport'
  | 'raiseSafetySignal'
  | 'closeSafetySignal'
  | 'retryLedger'
  | 'confirmLedger'
  | 'withdrawLedger'
  | 'startLedgerCheck'
  | 'confirmMerge';

const design = 'the plan is the design of whoever made it; whom a system names as having decided is what it told';
const ownWords = 'a system may pass on what was said or done; it stays what that system told';
const operator =
  'an operator’s act by a system that may write for the whole tenant, or about what it sent itself; whom it names is what it told';

/** The one table: what needs a signed-in person, and what a system may tell of one. A new act does not compile without its row. */
export const needsPerson: Readonly<Record<Act, Rule>> = {
  closeSafetySignal: {
    needs: 'signed-in',
    because: 'that a worry is over is the judgement of a person of the care team',
  },
  signReport: { needs: 'signed-in', because: 'a signature is of whoever has read the note' },
  'move unlock': { needs: 'signed-in', because: 'an approval is a person’s; what a criterion unlocks needs none' },
  'move accept-as-done': { needs: 'signed-in', because: 'that it counts as done is a clinical judgement' },
  'move relock': { needs: 'as-stated', because: design },
  'move regrade': { needs: 'as-stated', because: design },
  'move withdraw': { needs: 'as-stated', because: design },
  'move pause': { needs: 'nobody', because: design },
  'move resume': { needs: 'nobody', because: design },
  'move mistake': { needs: 'nobody', because: 'what was made by mistake is taken out; it names nobody' },
  'move seen': { needs: 'as-stated', because: ownWords },
  'move agree': { needs: 'as-stated', because: ownWords },
  'move decline': { needs: 'as-stated', because: ownWords },
  'move stop': { needs: 'as-stated', because: ownWords },
  createPlan: { needs: 'as-stated', because: design },
  changePlan: { needs: 'as-stated', because: design },
  changeAssignment: { needs: 'as-stated', because: design },
  addAssignment: { needs: 'as-stated', because: design },
  makeSmallerStep: { needs: 'as-stated', because: design },
  closePlan: { needs: 'nobody', because: 'it ends a plan, and claims nothing of anybody' },
  excuseOccurrence: { needs: 'nobody', because: 'it takes a time out of the count, with its reason; it names nobody' },
  startSession: { needs: 'nobody', because: 'it opens a time of a step that is done in sessions; it names nobody' },
  recordBarrier: { needs: 'as-stated', because: ownWords },
  recordPlanBarrier: { needs: 'as-stated', because: ownWords },
  talkOverBarrier: { needs: 'as-stated', because: ownWords },
  giveFeedback: { needs: 'as-stated', because: ownWords },
  giveFeedbackOnLog: { needs: 'as-stated', because: ownWords },
  logHomework: { needs: 'as-stated', because: ownWords },
  amendLog: { needs: 'as-stated', because: ownWords },
  completeLog: { needs: 'as-stated', because: ownWords },
  retractLog: { needs: 'nobody', because: 'what was told is taken back; it names nobody' },
  fileReport: { needs: 'as-stated', because: 'a draft; only a signature makes it a person’s note' },
  raiseSafetySignal: { needs: 'as-stated', because: 'whoever fears for someone is heard, by whatever way' },
  retryLedger: { needs: 'as-stated', because: operator },
  confirmLedger: { needs: 'as-stated', because: operator },
  withdrawLedger: { needs: 'as-stated', because: operator },
  startLedgerCheck: { needs: 'as-stated', because: operator },
  confirmMerge: { needs: 'as-stated', because: operator },
};

/** What no system may do in anybody's name. */
export function needsSignedIn(act: Act): boolean {
  return needsPerson[act].needs === 'signed-in';
}
