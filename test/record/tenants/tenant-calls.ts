import { exportPlans } from '../../../src/record/archive/export-plans.ts';
import { importPlan } from '../../../src/record/archive/import-plan.ts';
import { loadArchive } from '../../../src/record/archive/load-archive.ts';
import type { HomeworkRecord } from '../../../src/record/homework-record.ts';
import { claimCheck } from '../../../src/record/ledger/check/claim-check.ts';
import type { Finding } from '../../../src/record/ledger/check/difference.ts';
import { finishCheck, keepPage, putOffCheck } from '../../../src/record/ledger/check/keep-check.ts';
import { repairRow } from '../../../src/record/ledger/check/repair-row.ts';
import { showCheck } from '../../../src/record/ledger/check/show-check.ts';
import { startCheck } from '../../../src/record/ledger/check/start-check.ts';
import { confirmRow } from '../../../src/record/ledger/confirm.ts';
import { rowBefore } from '../../../src/record/ledger/decide-row.ts';
import { countLedger } from '../../../src/record/ledger/ledger-filter.ts';
import { listLedger } from '../../../src/record/ledger/list-ledger.ts';
import { rebuildLedger } from '../../../src/record/ledger/rebuild-ledger.ts';
import { retryRow } from '../../../src/record/ledger/retry.ts';
import { retryMany } from '../../../src/record/ledger/retry-many.ts';
import { showLedger } from '../../../src/record/ledger/show-ledger.ts';
import { summariseLedger } from '../../../src/record/ledger/summarise-ledger.ts';
import { withdrawRow } from '../../../src/record/ledger/withdraw.ts';
import { confirmMerge } from '../../../src/record/patient/confirm-merge.ts';
import { keepNextVisits } from '../../../src/record/patient/keep-next-visits.ts';
import { keepStanding } from '../../../src/record/patient/keep-standing.ts';
import { learnStanding } from '../../../src/record/patient/learn-standing.ts';
import { listMerges } from '../../../src/record/patient/list-merges.ts';
import { refuseMerged } from '../../../src/record/patient/patient-merged.ts';
import { readStanding } from '../../../src/record/patient/read-standing.ts';
import { formerIdsOf, survivorOf } from '../../../src/record/patient/survivor-of.ts';
import {
  endSetAside,
  holdsPatient,
  noteContact,
  patientOfContact,
  undoContact,
} from '../../../src/record/roster/note-contact.ts';
import { patientsWithHomework } from '../../../src/record/roster/patients-with-homework.ts';
import { flaggedPatients, listWorklist, worklistFilters, worklistSorts } from '../../../src/record/roster/worklist.ts';
import { closeSafetySignal } from '../../../src/record/safety/close-safety-signal.ts';
import { latestContact } from '../../../src/record/safety/latest-contact.ts';
import { listSafetySignals } from '../../../src/record/safety/list-safety-signals.ts';
import { raiseSafetySignal } from '../../../src/record/safety/raise-safety-signal.ts';
import { readSignals } from '../../../src/record/safety/read-signals.ts';
import { seenSignals } from '../../../src/record/safety/seen-signal.ts';
import { makersOf, ownerOfSignal, signalOwners } from '../../../src/record/safety/signal-owners.ts';
import { stuckSignals } from '../../../src/record/safety/stuck-signals.ts';
import { findAppSession, openAppSession, type SessionStore } from '../../../src/record/session/app-session.ts';
import { keepLaunchState, takeLaunchState, tenantOfLaunch } from '../../../src/record/session/launch-state.ts';
import { sessionsOfPatient } from '../../../src/record/session/sessions-of-patient.ts';
import { loadPlanState } from '../../../src/record/store/load-plan-state.ts';
import { refuseForeignPlan, refuseForeignRow } from '../../../src/record/store/own-reach.ts';
import { ownerIn, ownerOf } from '../../../src/record/store/owner-of.ts';
import { probeStore } from '../../../src/record/store/probe-store.ts';
import { readPlans } from '../../../src/record/store/read-plans.ts';
import { readResource } from '../../../src/record/store/read-resource.ts';
import type { SearchCriteria } from '../../../src/record/store/search-criteria.ts';
import { searchResources } from '../../../src/record/store/search-resources.ts';
import { findSourceKey } from '../../../src/record/store/source-key.ts';
import { acceptQuestionnaireResponse } from '../../../src/record/use-cases/accept-questionnaire-response.ts';
import { addAssignment } from '../../../src/record/use-cases/add-assignment.ts';
import { amendLog } from '../../../src/record/use-cases/amend-log.ts';
import { changeAssignment } from '../../../src/record/use-cases/change-assignment.ts';
import { chooseEncounter } from '../../../src/record/use-cases/choose-encounter.ts';
import { closePlan } from '../../../src/record/use-cases/close-plan.ts';
import { completeLog } from '../../../src/record/use-cases/complete-log.ts';
import { createPlan } from '../../../src/record/use-cases/create-plan.ts';
import { excuseOccurrence } from '../../../src/record/use-cases/excuse-occurrence.ts';
import { fileReport } from '../../../src/record/use-cases/file-report.ts';
import { getPlan } from '../../../src/record/use-cases/get-plan.ts';
import { getReport } from '../../../src/record/use-cases/get-report.ts';
import { giveFeedback } from '../../../src/record/use-cases/give-feedback.ts';
import { listPlans } from '../../../src/record/use-cases/list-plans.ts';
import { logHomework } from '../../../src/record/use-cases/log-homework.ts';
import { makeSmaller } from '../../../src/record/use-cases/make-smaller.ts';
import { markFeedbackRead } from '../../../src/record/use-cases/mark-feedback-read.ts';
import { moveAssignment } from '../../../src/record/use-cases/move-assignment.ts';
import { keepNotedAct, undoableActs, undoNotedAct } from '../../../src/record/use-cases/noted-act.ts';
import { pendingAddenda } from '../../../src/record/use-cases/pending-addenda.ts';
import { previewReport } from '../../../src/record/use-cases/preview-report.ts';
import { recordBarrier } from '../../../src/record/use-cases/record-barrier.ts';
import { reportWording } from '../../../src/record/use-cases/report-wording.ts';
import { readResponseReferences } from '../../../src/record/use-cases/response-references.ts';
import { retractLog } from '../../../src/record/use-cases/retract-log.ts';
import { rewordPlan } from '../../../src/record/use-cases/reword-plan.ts';
import { setSandboxClock } from '../../../src/record/use-cases/set-sandbox-clock.ts';
import { startSession } from '../../../src/record/use-cases/start-session.ts';
import { sweepPlans } from '../../../src/record/use-cases/sweep-plans.ts';
import { talkOverBarrier } from '../../../src/record/use-cases/talk-over-barrier.ts';
import { undoableWithdrawals } from '../../../src/record/use-cases/undoable-withdrawals.ts';
import { undoWithdraw, withdrawAssignment } from '../../../src/record/use-cases/withdraw-assignment.ts';
import { withoutWithdrawnReports } from '../../../src/record/use-cases/without-withdrawn-reports.ts';
import { writeLog } from '../../../src/record/use-cases/write-log.ts';
import { type Ids, launchId, markOf } from './two-tenants.ts';

/** What a call is made with: a tenant, and the ids that both tenants share. */
export interface Given extends Ids {
  readonly record: HomeworkRecord;
  readonly store: SessionStore;
  readonly tenant: string;
}
type Call = (given: Given) => Promise<unknown>;

const by = 'Practitioner/dr-okafor';
const product = { type: 'source', clientId: 'product' } as const;
const answers = {
  situation: 'elsewhere',
  'belief-before': 70,
  'belief-after': 60,
  'suds-before': 40,
  'suds-peak': 50,
  'suds-after': 30,
};
const everything = { filters: [], count: 50, include: [], revinclude: [], summaryCount: false, total: true } as const;

const stateOf = async ({ record, tenant, planId }: Given) => {
  const loaded = await loadPlanState(record.database, tenant, { artefact: 'plan', id: planId }, 'none');
  if (loaded === undefined) throw new Error('there is no such plan');
  return loaded.state;
};
const signalsOf = ({ record, tenant, patientId }: Given) => readSignals(record.database, tenant, { patientId });
const each = async <T>(items: readonly T[], call: (item: T) => Promise<unknown>): Promise<unknown[]> => {
  const found: unknown[] = [];
  // what is refused is part of the answer, and the others are asked nevertheless
  for (const item of items) found.push(await call(item).catch(() => 'refused'));
  return found;
};
const searches: readonly SearchCriteria[] = [
  {
    ...everything,
    type: 'Task',
    include: [{ type: 'Task', param: 'part-of' }],
    revinclude: [{ type: 'QuestionnaireResponse', param: 'based-on' }],
  },
  {
    ...everything,
    type: 'QuestionnaireResponse',
    sort: '-authored',
    revinclude: [{ type: 'Observation', param: 'derived-from' }],
  },
  { ...everything, type: 'DocumentReference', sort: '-_lastUpdated' },
  {
    ...everything,
    type: 'CarePlan',
    filters: [
      {
        param: 'date',
        anyOf: [{ type: 'date', prefix: 'ge', low: '2026-01-01T00:00:00.000Z', high: '2026-01-01T23:59:59.999Z' }],
      },
    ],
  },
];

/** What reads: its answer is the same whether another tenant is there or not. */
export const reads: Readonly<Record<string, Call>> = {
  getPlan: ({ record, tenant, planId }) => getPlan(record, tenant, planId),
  getReport: ({ record, tenant, reportId }) => getReport(record, tenant, reportId),
  listPlans: ({ record, tenant, patientId }) =>
    each([{}, { patientId }, { status: 'draft' as const }], (asked) => listPlans(record, tenant, asked)),
  previewReport: ({ record, tenant, planId }) => previewReport(record, tenant, { planId }),
  pendingAddenda: async (given) => {
    const { record, tenant: tenantId } = given;
    const state = await stateOf(given);
    const wording = reportWording(record, tenantId, state.assignments);
    return pendingAddenda(record.database, { tenantId, wording }, state);
  },
  withoutWithdrawnReports: async (given) =>
    withoutWithdrawnReports(given.record.database, given.tenant, await stateOf(given)),
  readResponseReferences: ({ record, tenant, occurrenceId, planId }) => {
    const basedOn = [{ reference: `CarePlan/${planId}` }];
    const response = {
      resourceType: 'QuestionnaireResponse',
      status: 'completed',
      subject: { reference: 'Patient/ada' },
      basedOn,
    } as const;
    return readResponseReferences(record, tenant, { occurrenceId, response: { ...response, basedOn } });
  },
  undoableActs: async (given) => undoableActs(given.record, given.tenant, { plans: [await stateOf(given)], launchId }),
  undoableWithdrawals: async (given) =>
    undoableWithdrawals(given.record, given.tenant, { plans: [await stateOf(given)], launchId }),
  listLedger: ({ record, tenant, planId, patientId }) =>
    each(
      [{}, { planId }, { patientId }, { states: ['rejected' as const, 'unknown' as const] }, { artefact: 'log' }],
      (asked) => listLedger(record, tenant, asked),
    ),
  countLedger: ({ record, tenant, planId }) =>
    each([{}, { planId }, { find: planId }, { find: 'ada' }], (asked) => countLedger(record, tenant, asked)),
  showLedger: ({ record, tenant, logId }) => showLedger(record, tenant, { artefact: 'log', id: logId }),
  rowBefore: ({ record, tenant, planId }) => rowBefore(record, tenant, { artefact: 'plan', id: planId }),
  summariseLedger: ({ record, tenant }) => summariseLedger(record, tenant),
  showCheck: ({ record, tenant }) => showCheck(record, tenant),
  listMerges: ({ record, tenant }) => listMerges(record, tenant),
  refuseMerged: ({ record, tenant }) =>
    refuseMerged(record.database, tenant, 'old-ada').catch((error: unknown) => ({ refused: String(error) })),
  readStanding: ({ record, tenant }) => readStanding(record.database, tenant, 'old-ada'),
  survivorOf: ({ record, tenant }) => survivorOf(record.database, tenant, 'old-cy'),
  formerIdsOf: ({ record, tenant }) => formerIdsOf(record.database, tenant, 'cy'),
  holdsPatient: ({ record, tenant, patientId }) => holdsPatient(record, tenant, patientId),
  patientsWithHomework: ({ record, tenant }) => patientsWithHomework(record, tenant, { after: '', limit: 10 }),
  listWorklist: ({ record, tenant, patientId }) =>
    each(
      [
        ...[undefined, ...worklistFilters].flatMap((filter) =>
          worklistSorts.map((sort) => ({ sort, ...(filter && { filter }) })),
        ),
        { clinician: by },
        { patientIds: [patientId] },
        { search: { text: 'plan of', patientIds: [patientId] } },
      ],
      (asked) => listWorklist(record, tenant, asked),
    ),
  flaggedPatients: ({ record, tenant, patientId }) => flaggedPatients(record, tenant, { patientIds: [patientId] }),
  latestContact: ({ record, tenant, patientId }) =>
    latestContact(record, tenant, { patientId, since: '2026-01-01T00:00:00.000Z' }),
  listSafetySignals: ({ record, tenant, patientId }) => listSafetySignals(record, tenant, { patientId }),
  readSignals: (given) => signalsOf(given),
  stuckSignals: async ({ record, tenant, patientId }) => [...(await stuckSignals(record.database, tenant, patientId))],
  seenSignals: async (given) => seenSignals({ ...given.record, actor: product }, given.tenant, await signalsOf(given)),
  signalOwners: async (given) =>
    each(await signalsOf(given), (signal) => signalOwners(given.record.database, given.tenant, signal)),
  ownerOfSignal: async (given) =>
    each(await signalsOf(given), (signal) =>
      ownerOfSignal(given.record.database, given.tenant, signal, ['source:product']),
    ),
  makersOf: async ({ record, tenant, planId }) => {
    const evidence = {
      type: 'reported',
      planId,
      by: { type: 'person', reference: by },
      at: '2026-03-02T15:30:00.000Z',
    } as const;
    return [...(await makersOf(record.database, tenant, [evidence as never]))];
  },
  sessionsOfPatient: ({ store, tenant, patientId }) => sessionsOfPatient(store, tenant, patientId),
  loadArchive: ({ record, tenant, planId }) => record.database.transaction((tx) => loadArchive(tx, tenant, planId)),
  loadPlanState: async ({ record, tenant, ...given }) =>
    each(
      [
        { artefact: 'plan' as const, id: given.planId },
        { artefact: 'assignment' as const, id: given.steps.logged },
        { artefact: 'occurrence' as const, id: given.occurrenceId },
        { artefact: 'log' as const, id: given.logId },
        { artefact: 'barrier' as const, id: given.barrierId },
      ],
      async (member) => (await loadPlanState(record.database, tenant, member, 'none'))?.state,
    ),
  refuseForeignPlan: ({ record, tenant, planId }) =>
    each([product, { ...product, clientId: 'other' }], (actor) =>
      refuseForeignPlan(record.database, tenant, { actor, of: { artefact: 'plan', id: planId } }).catch(String),
    ),
  refuseForeignRow: ({ record, tenant, logId }) =>
    each([product, { ...product, clientId: 'other' }], (actor) =>
      refuseForeignRow(record.database, tenant, { actor, of: { artefact: 'log', id: logId } }).catch(String),
    ),
  ownerOf: ({ record, tenant, ...given }) =>
    each(
      [
        { artefact: 'plan' as const, id: given.planId },
        { artefact: 'assignment' as const, id: given.steps.free },
        { artefact: 'occurrence' as const, id: given.occurrenceId },
        { artefact: 'log' as const, id: given.logId },
        { artefact: 'barrier' as const, id: given.barrierId },
        { artefact: 'feedback' as const, id: given.feedbackId },
        { artefact: 'report' as const, id: given.reportId },
      ],
      (of) => ownerOf(record, tenant, of),
    ),
  ownerIn: ({ record, tenant, reportId }) => ownerIn(record.database, tenant, { artefact: 'report', id: reportId }),
  readPlans: ({ record, tenant, patientId }) =>
    each(['patient', 'other'] as const, (reader) => readPlans(record, tenant, { patientId, reader })),
  readResource: ({ record, tenant, logId, planId, reportId }) =>
    each(
      [
        { type: 'CarePlan', id: planId },
        { type: 'QuestionnaireResponse', id: logId },
        { type: 'DocumentReference', id: reportId },
      ],
      (of) => readResource(record, tenant, of),
    ),
  searchResources: ({ record, tenant }) => each(searches, (criteria) => searchResources(record, tenant, criteria)),
  findSourceKey: ({ record, tenant, patientId }) => {
    const command = { sourceId: 'sarah-plan', clientId: 'product', patientId };
    return findSourceKey(record.database, { tenantId: tenant, operation: 'plan', command }).catch(String);
  },
};

const checkOf = async ({ record, tenant }: Given) => {
  const check = await claimCheck(record.database, { tenantId: tenant, now: record.clock.now(), leaseMs: 60_000 });
  if (check === undefined) throw new Error('there is no check to claim');
  return check;
};
const inAnHour = ({ record }: Given, hours = 1) => new Date(record.clock.now().getTime() + hours * 3_600_000);
const finding = ({ logId }: Given): Finding => ({
  ...{ artefact: 'log', id: logId, kind: 'altered', reference: 'QuestionnaireResponse/1', others: [], version: '2' },
  ...{ detail: 'differs', repairable: true },
});
/** Sets a ledger row as delivery would have, in one tenant. */
const standing = ({ record, tenant }: Given, id: string, set: string) =>
  record.database.query(`update ledger set ${set} where tenant = $1 and id = $2`, [tenant, id]);

/** What writes, in this order; each changes rows of its tenant, and none of the other's. */
export const writes: Readonly<Record<string, Call>> = {
  createPlan: ({ record, tenant }) =>
    createPlan(record, tenant, {
      patientId: 'bo',
      libraryPlan: 'social-anxiety-speaking-up|1.0.0',
      period: { start: '2026-03-01' },
    }),
  moveAssignment: ({ record, tenant, steps }) =>
    each([{ type: 'pause' } as const, { type: 'resume' } as const], (event) =>
      moveAssignment(record, tenant, { assignmentId: steps.logged, event }),
    ),
  acceptQuestionnaireResponse: ({ record, tenant, occurrenceId, patientId, questionnaire }) =>
    acceptQuestionnaireResponse(record, tenant, {
      occurrenceId,
      response: {
        ...{
          resourceType: 'QuestionnaireResponse',
          status: 'in-progress',
          subject: { reference: `Patient/${patientId}` },
        },
        questionnaire,
        item: [{ linkId: 'situation', answer: [{ valueString: 'there' }] }],
      },
    }),
  excuseOccurrence: ({ record, tenant, occurrenceId }) =>
    excuseOccurrence(record, tenant, { occurrenceId, reason: 'away' }),
  logHomework: ({ record, tenant, steps }) =>
    logHomework(record, tenant, {
      assignmentId: steps.logged,
      patientId: 'sarah',
      performedAt: '2026-03-02T10:10:00-05:00',
      answers,
    }),
  writeLog: ({ record, tenant, draftId, steps }) =>
    writeLog(record, tenant, {
      ...{ id: draftId, assignmentId: steps.logged, status: 'in-progress', source: { type: 'patient' }, withheld: [] },
      answers: { situation: 'another' },
    }),
  completeLog: ({ record, tenant, draftId }) =>
    completeLog(record, tenant, {
      logId: draftId,
      answers,
    }),
  amendLog: ({ record, tenant, logId }) =>
    amendLog(record, tenant, { logId, answers: { ...answers, situation: 'amended' } }),
  recordBarrier: ({ record, tenant, planId }) =>
    recordBarrier(record, tenant, { of: { artefact: 'plan', id: planId }, code: 'forgot' }),
  talkOverBarrier: ({ record, tenant, barrierId }) => talkOverBarrier(record, tenant, { barrierId }),
  giveFeedback: ({ record, tenant, feedbackId, planId }) =>
    giveFeedback(record, tenant, {
      of: { artefact: 'plan', id: planId },
      author: 'patient',
      text: 'thanks',
      inResponseTo: feedbackId,
    }),
  markFeedbackRead: ({ record, tenant, feedbackId }) =>
    markFeedbackRead(record, tenant, { feedbackId, reader: 'patient' }),
  changeAssignment: ({ record, tenant, steps }) =>
    changeAssignment(record, tenant, { assignmentId: steps.free, basedOn: 1, by, title: 'Another title' }),
  makeSmaller: ({ record, tenant, steps }) =>
    makeSmaller(record, tenant, {
      ...{ assignmentId: steps.free, basedOn: 2, by, reason: 'too hard' },
      smaller: { title: 'A smaller one', schedule: { type: 'once-within', days: 3 } },
    }),
  addAssignment: ({ record, tenant, planId }) =>
    addAssignment(record, tenant, {
      ...{ planId, key: 'added', kind: 'self-monitoring', title: 'One more', instructions: 'Write it down' },
      schedule: { type: 'once-within', days: 3 },
      unlock: { type: 'by-clinician' },
    }),
  startSession: async ({ record, tenant }) => {
    const { state } = await createPlan(record, tenant, {
      ...{ patientId: 'cy', title: 'Together', period: { start: '2026-03-01' } },
      assignments: [
        {
          ...{ key: '1', kind: 'self-monitoring', title: 'In a session', unlock: { type: 'at-start' } },
          schedule: { type: 'sessions', count: 2 },
        },
      ],
    });
    return startSession(record, tenant, { assignmentId: state.assignments[0]?.id ?? '' });
  },
  keepNextVisits: ({ record, tenant, patientId }) =>
    keepNextVisits(record, tenant, new Map([[patientId, '2026-03-09']])),
  rewordPlan: ({ record, tenant, planId }) =>
    rewordPlan(record, tenant, { planId, basedOn: 1, by, title: 'Another name' }),
  keepNotedAct: ({ record, tenant, barrierId }) =>
    keepNotedAct(record, tenant, { act: 'talked-over', id: barrierId, launchId, at: '2026-03-04T15:00:00.000Z' }),
  undoNotedAct: ({ record, tenant, notedBarrierId }) =>
    undoNotedAct(record, tenant, { act: 'talked-over', id: notedBarrierId, launchId }),
  undoWithdraw: ({ record, tenant, steps }) =>
    undoWithdraw(record, tenant, { assignmentId: steps.withdrawn, launchId }),
  withdrawAssignment: ({ record, tenant, steps }) =>
    withdrawAssignment(record, tenant, { assignmentId: steps.withdrawn, actor: by, reason: 'too much', launchId }),
  chooseEncounter: ({ record, tenant, planId, reportId }) =>
    chooseEncounter(record, tenant, { planId, reportId, encounter: 'Encounter/7' }),
  fileReport: ({ record, tenant, planId }) =>
    fileReport(record, tenant, { planId, author: by, sourceId: 'second', clientId: 'product' }),
  retractLog: ({ record, tenant, logId }) => retractLog(record, tenant, { logId }),
  raiseSafetySignal: ({ record, tenant, patientId }) =>
    raiseSafetySignal(record, tenant, {
      patientId,
      rule: 'self-harm-thoughts',
      by: { type: 'person', reference: by },
    } as never),
  closeSafetySignal: ({ record, tenant, signalId }) =>
    closeSafetySignal(record, tenant, { signalId, by, reason: 'talked' }),
  noteContact: ({ record, tenant, patientId }) => noteContact(record, tenant, { patientId, by, note: 'again' }),
  patientOfContact: async ({ record, tenant, patientId }) =>
    patientOfContact(record, tenant, (await noteContact(record, tenant, { patientId, by, note: 'whose' })).id),
  undoContact: async ({ record, tenant, patientId }) => {
    await noteContact(record, tenant, { patientId, by, note: 'stays' });
    const { id } = await noteContact(record, tenant, { patientId, by, note: 'not so' });
    await undoContact(record, tenant, { contactId: id, by });
  },
  endSetAside: async ({ record, tenant, patientId }) => {
    const snoozeUntil = '2027-01-01T00:00:00.000Z';
    const { id } = await noteContact(record, tenant, { patientId, by, note: 'later', snoozeUntil });
    await endSetAside(record, tenant, { contactId: id, by });
  },
  retryMany: async (given) => {
    await given.record.database.query(
      `update ledger set state = 'rejected' where tenant = $1 and artefact = 'plan' and id = $2`,
      [given.tenant, given.planId],
    );
    await given.record.database.query(
      `update landing_group set attention = true where tenant = $1 and id = 'plan:' || $2::text`,
      [given.tenant, given.planId],
    );
    return retryMany(given.record, given.tenant, { state: 'rejected', reason: 'mended' });
  },
  retryRow: async (given) => {
    await standing(given, given.planId, "state = 'rejected', reason = 'no'");
    return retryRow(given.record, given.tenant, { artefact: 'plan', id: given.planId, reason: 'mended' });
  },
  confirmRow: async (given) => {
    await standing(given, given.reportId, "state = 'unknown', sent = wanted");
    return confirmRow(given.record, given.tenant, {
      artefact: 'report',
      id: given.reportId,
      reference: 'DocumentReference/9',
    });
  },
  withdrawRow: ({ record, tenant, feedbackId }) =>
    withdrawRow(record, tenant, { artefact: 'feedback', id: feedbackId, reason: 'not for the chart' }),
  repairRow: async (given) => {
    const check = {
      id: 'c',
      repair: true,
      startedBy: by,
      reason: 'r',
      after: { artefact: '', id: '' },
      attempts: 0,
      leaseToken: 't',
    };
    await standing(given, given.logId, "state = 'landed', landed = wanted, sent = wanted");
    return repairRow(given.record, given.tenant, { check, finding: finding(given) });
  },
  importPlan: async ({ record, tenant, planId }) => {
    const fhirBase = 'https://ehr.example/fhir';
    const lines: unknown[] = [];
    for await (const bundle of exportPlans(record, tenant, { planId, fhirBase })) lines.push(bundle);
    return each(lines, (line) => importPlan(record, tenant, { bundle: JSON.parse(JSON.stringify(line)), fhirBase }));
  },
  rebuildLedger: async (given) => {
    await given.record.database.query("delete from ledger where tenant = $1 and artefact = 'plan'", [given.tenant]);
    return rebuildLedger(given.record, given.tenant);
  },
  putOffCheck: async (given) =>
    putOffCheck(given.record.database, {
      ...{ tenantId: given.tenant, check: await checkOf(given), nextAt: given.record.clock.now(), problem: 'away' },
    }),
  keepPage: async (given) => {
    const check = await checkOf(given);
    const { wanted, landed, state, ehrReference, ehrVersion } = await rowBefore(given.record, given.tenant, {
      artefact: 'log',
      id: given.logId,
    });
    const found = [{ finding: finding(given), seen: { wanted, landed, state, ehrReference, ehrVersion } }];
    const page = {
      check,
      last: { artefact: 'log', id: given.logId },
      checked: 3,
      found,
      now: given.record.clock.now(),
      leaseUntil: inAnHour(given),
    };
    const kept = await keepPage(given.record.database, { tenantId: given.tenant, ...page });
    await finishCheck(given.record.database, { tenantId: given.tenant, check, now: given.record.clock.now() });
    return { kept, shown: await showCheck(given.record, given.tenant) };
  },
  startCheck: ({ record, tenant }) => startCheck(record, tenant, { by, reason: 'again' }),
  claimCheck: async (given) => checkOf(given),
  learnStanding: ({ record, tenant, patientId }) =>
    learnStanding({ ...record, standingOf: async () => ({ answer: 'unknown' }) }, tenant, {
      patientId,
      from: 'coordinator',
    }),
  keepStanding: ({ record, tenant, patientId }) =>
    keepStanding(record.database, tenant, patientId, {
      ...{ standing: { state: 'inactive' }, from: 'delivery', at: record.clock.now() },
    }),
  confirmMerge: ({ record, tenant }) =>
    confirmMerge(record, tenant, { patientId: 'old-ada', survivorId: 'ada', by, reason: 'twice' }),
  openAppSession: async ({ store, tenant }) => {
    const tokens = {
      accessToken: 'at',
      refreshToken: 'rt',
      scope: 'openid',
      subject: 'u',
      expiresAt: '2026-03-02T16:30:00.000Z',
    };
    const { token } = await openAppSession(store, {
      ...{
        tenantId: tenant,
        userReference: by,
        role: 'clinician',
        canWrite: true,
        sealed: { userName: markOf(tenant), tokens },
      },
    });
    const {
      launchId: _launch,
      tokenHash: _hash,
      sealedText: _sealed,
      ...found
    } = (await findAppSession(store, token)) ?? {};
    return found;
  },
  keepLaunchState: async ({ record, tenant }) => {
    const launch = {
      tenantId: tenant,
      tabKeyHash: 'h',
      nonce: 'n',
      codeVerifier: 'v',
      scope: 'openid',
      issuer: 'https://ehr.example',
      answerNamesIssuer: true,
    };
    const [kept, taken] = [`kept-${tenant}`, `taken-${tenant}`];
    await keepLaunchState(record, kept, launch);
    await keepLaunchState(record, taken, launch);
    return [await tenantOfLaunch(record, kept), await takeLaunchState(record, taken)];
  },
  probeStore: async ({ record, tenant }) => {
    const store = probeStore(record.database);
    const at = new Date('2026-03-02T15:30:00.000Z');
    await store.save(tenant, {
      at,
      capabilityStatement: { resourceType: 'CapabilityStatement', publisher: markOf(tenant) } as never,
    });
    const correction = {
      type: 'Task',
      interaction: 'create',
      identity: 'any',
      status: 403,
      attemptId: 'a',
      at,
      statementDigest: 'd',
    } as const;
    await store.correct(tenant, { ...correction, type: 'Flag', statementDigest: 'old' });
    await store.correct(tenant, correction);
    await store.forgetCorrections(tenant, 'd');
    return [await store.load(tenant), await store.corrections(tenant)];
  },
  sweepPlans: ({ record, tenant }) =>
    sweepPlans({ ...record, clockOf: async () => ({ now: () => new Date('2026-04-01T12:00:00Z') }) }, [tenant]),
  closePlan: ({ record, tenant, planId }) => closePlan(record, tenant, { planId, status: 'completed' }),
  setSandboxClock: ({ record, tenant }) =>
    setSandboxClock(record, { tenants: [tenant], advance: { days: 1 } } as never).catch(String),
};

/** Exported with a tenant, and called by what stands beside it: in its transaction, or with its plan. */
export const within: Readonly<Record<string, keyof typeof reads | keyof typeof writes>> = {
  changeLog: 'amendLog',
  changePlan: 'logHomework',
  claimSourceKey: 'fileReport',
  commitPlan: 'createPlan',
  commitSignal: 'raiseSafetySignal',
  decideRow: 'retryRow',
  decideTogether: 'retryMany',
  finishCheck: 'keepPage',
  keepPatient: 'createPlan',
  lockPatient: 'raiseSafetySignal',
  makeDue: 'retryRow',
  moveNextVisit: 'confirmMerge',
  movePlan: 'confirmMerge',
  moveSignals: 'confirmMerge',
  patientStateOf: 'createPlan',
  projectChange: 'createPlan',
  raiseNoticed: 'logHomework',
  restoreFacts: 'importPlan',
  restoreResources: 'importPlan',
  restoreSignals: 'importPlan',
  restoreSourceKeys: 'importPlan',
  restoreVersions: 'importPlan',
  restoreWithdrawals: 'rebuildLedger',
  savePlanState: 'createPlan',
  saveResources: 'createPlan',
  storedDigests: 'createPlan',
  ledgerInBrief: 'readPlans',
  readRecentPlan: 'readPlans',
  selectSortedPage: 'searchResources',
  sweepPlan: 'sweepPlans',
  takenIssues: 'importPlan',
  want: 'createPlan',
  wantLookedFor: 'rebuildLedger',
  wantedAnew: 'confirmMerge',
  writeAddenda: 'sweepPlans',
  untoldInReport: 'previewReport',
  loadBriefPlan: 'previewReport',
  previewOf: 'previewReport',
  writeReport: 'fileReport',
};
