import type { PlanView as AppPlanView, LogView } from '../../contract/app/plan-view.ts';
import { defined } from '../../foundation/defined.ts';
import { flatAnswers } from '../../homework/log/flat-answers.ts';
import type { Assignment, Barrier, Log, Plan } from '../../homework/model.ts';
import type { Role } from '../../homework/role.ts';
import type { LedgerRow } from '../../record/ledger/ledger-row.ts';
import type { ReadPlan } from '../../record/store/read-plans.ts';
import { seesOfOpenPatient } from '../access/role-sees.ts';
import { ledgerView } from '../api/ledger-view.ts';
import { logView } from '../api/log-view.ts';
import { reportView } from '../api/report-view.ts';
import type { Sources } from '../api/reported-by.ts';
import { assignmentView, barrierView, feedbackView, planRowView } from '../api/told-views.ts';
import type { AppCall } from './app-route.ts';

type Reader = 'patient' | 'other';

/** How this session reads homework: the patient in full, everyone else without what the patient keeps to themselves. */
export function readerOf({ session }: Pick<AppCall, 'session'>): Reader {
  return seesOfOpenPatient(session.role, 'withheld') ? 'patient' : 'other';
}

/** A plan as the app shows it to this role, by the table of what each sees. */
export function planForReader(view: ReadPlan, role: Role, sources: Sources): AppPlanView {
  const { plan, version, updatedAt, assignments, occurrences, barriers, feedback, reports, ledger, earlier } = view;
  return {
    ...{
      plan: planRowView(role === 'patient' ? withoutDeciders(plan) : plan, sources),
      version,
      updatedAt,
      occurrences,
    },
    assignments: assignments.map((assignment) =>
      assignmentView(role === 'patient' ? withoutDeciders(withoutUnlocked(assignment)) : assignment, sources),
    ),
    barriers: barriers.map((barrier) => barrierView(role === 'patient' ? withoutTalker(barrier) : barrier, sources)),
    feedback: feedback.map((feedback) => feedbackView(feedback, sources)),
    logs: view.logs.map((log) => logForReader(log, role, sources)),
    ...defined({ earlier }),
    ...(seesOfOpenPatient(role, 'reports') ? { reports: reports.map((report) => reportView(report, sources)) } : {}),
    // what is offered to whoever may close it
    ...(role === 'clinician' ? defined({ proposedClose: view.proposedClose }) : {}),
    adherence: view.adherences.map(({ assignmentId, counts, percent, onTimePercent }) => ({
      ...defined({ assignmentId }),
      counts,
      ...defined({ percent, onTimePercent }),
    })),
    ledger: ledger
      .filter(({ artefact }) => artefact !== 'safety' || seesOfOpenPatient(role, 'safety'))
      .map(({ artefact, id, state, landing, why, words, ehrReference, waitingSince, landedAt, count }) => {
        const where = { ehrReference, waitingSince, landedAt, ...defined({ count }) };
        const row = { artefact, id, state, landing, why, words, ...where };
        return ledgerView(role === 'patient' ? withoutSurvivor(row) : row);
      }),
  };
}

/** What staff note for each other about the opening of a step. */
function withoutUnlocked({ unlocked: _noted, ...assignment }: Assignment): Assignment {
  return assignment;
}

/** What was changed and when is the patient's to know; who decided it, and the reason that they gave, is for staff. */
function withoutDeciders<Of extends Pick<Assignment, 'changes'> | Pick<Plan, 'changes'>>(of: Of): Of {
  const { changes } = of;
  if (changes === undefined) return of;
  return { ...of, changes: changes.map(({ by: _who, reason: _why, ...change }) => change) };
}

/** That it was talked over is the patient's to know; which clinician noted it, as of all they do, is for staff. */
function withoutTalker({ talkedOver: _who, ...barrier }: Barrier): Barrier {
  return barrier;
}

/** Other records' ids are for staff. */
function withoutSurvivor<Row extends Pick<LedgerRow, 'why' | 'words'>>(row: Row): Row {
  if (row.why?.code !== 'patient' || row.why.survivorId === undefined) return row;
  const { code, standing } = row.why;
  return {
    ...row,
    why: { code, standing },
    words: 'for a person: the EHR has merged this patient into another record',
  };
}

/** A log as the app shows it to this role. */
export function logForReader(log: Log, role: Role, sources: Sources): LogView {
  const inFull = seesOfOpenPatient(role, 'withheld');
  const answers = flatAnswers(log.items, inFull ? [] : log.withheld);
  const view = { ...logView(log, sources), answers, items: log.items };
  if (!inFull) return view;
  const { timeOpen, others } = log;
  return { ...view, ...defined({ timeOpen, others }) };
}
