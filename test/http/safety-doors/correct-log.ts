import { chosen, type History, withheldOf } from './history.ts';
import type { Act } from './random-acts.ts';
import { flat } from './write-answers.ts';

/** A log is put right where it came from, or by the patient on their page. */
export async function amendLog(history: History, act: Extract<Act, { type: 'amend' }>): Promise<void> {
  const { which, given, keeps, isAnew, byPatient, crash } = act;
  const { house } = history;
  const log = chosen(history.logs, which);
  if (log === undefined) return;
  const { id, door, step } = log;
  const known = history.told(id);
  const put = keeps ? history.said(log) : given[step];
  const { answers } = put;
  const bySystem = door === 'api' && !byPatient;
  const withheld = door === 'paper' ? [] : withheldOf(put);
  const anew = isAnew ? Object.keys(answers) : [];
  const body = { answers: flat(step, answers), withheld, anew };
  const { isKept } = await history.through(
    () =>
      bySystem
        ? house.source('alpha', 'PATCH', `/api/v1/logs/${id}`, body)
        : house.page(door === 'paper' ? 'clinician' : 'patient', 'PATCH', `/logs/${id}`, body),
    crash,
  );
  if (!isKept) return;
  const status = known.status === 'in-progress' ? 'in-progress' : 'amended';
  history.tell({ ...known, status, answers, withheld, bySystem }, door, anew);
}

export async function retractLog(history: History, act: Extract<Act, { type: 'retract' }>): Promise<void> {
  const { house } = history;
  const log = chosen(history.logs, act.which);
  if (log === undefined) return;
  const { id, door } = log;
  const { isKept } = await history.through(
    () =>
      door === 'api'
        ? house.source('alpha', 'DELETE', `/api/v1/logs/${id}`)
        : house.page(door === 'paper' ? 'clinician' : 'patient', 'DELETE', `/logs/${id}`),
    act.crash,
  );
  if (isKept) history.oracle.retract(id);
}
