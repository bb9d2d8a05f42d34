import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { z } from 'zod';
import type { Answer } from '../open-doors.ts';
import { chosen, type History, isTaken, type Kept, withheldOf } from './history.ts';
import type { PatientHouse } from './patient-house.ts';
import type { Act, Crash, Given } from './random-acts.ts';
import { flat, response } from './write-answers.ts';

const made = z.looseObject({ id: z.string() });

/** A log is begun or written whole, by its door; what was begun there is gone on with. */
export async function writeLog(history: History, act: Extract<Act, { type: 'log' }>): Promise<void> {
  const { door, given, isDraft, hoursAgo, crash } = act;
  const { house, logs } = history;
  const { step } = given;
  const begun = logs.find((log) => log.door === door && log.step === step && history.isDraft(log));
  // a page and a form filler go on with what they have begun
  if (begun !== undefined && door !== 'api') return sendDraft(history, { log: begun, given, crash });
  const asked = door === 'form' ? await house.openOccurrence(step) : undefined;
  if (door === 'form' && asked === undefined) return;
  const status = isDraft ? 'in-progress' : 'completed';
  // no two logs at one time
  const performedAt = history.now - hoursAgo * 3_600_000 - (logs.length + 1) * 1_000;
  const written = { id: randomUUID(), door, step, ...(asked !== undefined && { asked }) };
  const said = { given, status, performedAt, withheld: withheldAt(written, given) } as const;
  const send = () => sendWhole(house, written, said);
  const { answer, isKept } = await history.through(send, crash);
  if (!isKept) return;
  expect([door, isTaken(answer) ? '' : answer.text]).toEqual([door, '']);
  const id = door === 'app' || door === 'paper' ? written.id : made.parse(answer.body).id;
  // a draft that a page sends once more from nothing is another page's word, no repetition
  logs.push({ ...written, id, again: isDraft && door !== 'api' ? undefined : send });
  const { withheld } = said;
  history.tell({ id, step, status, answers: given.answers, withheld, performedAt, bySystem: door === 'api' }, door);
}

/** A draft is sent: with what it says already, or with other answers. */
export async function completeLog(history: History, act: Extract<Act, { type: 'complete' }>): Promise<void> {
  const { which, given, keeps, crash } = act;
  const drafts = history.logs.filter((kept) => history.isDraft(kept));
  const log = chosen(drafts, which);
  if (log === undefined) return;
  await sendDraft(history, { log, given: keeps ? history.said(log) : given[log.step], crash });
}

async function sendDraft(
  history: History,
  { log, given, crash }: { readonly log: Kept; readonly given: Given; readonly crash: Crash | undefined },
): Promise<void> {
  const { house } = history;
  const known = history.told(log.id);
  const withheld = withheldAt(log, given);
  const send = (): Promise<Answer> =>
    log.door === 'api'
      ? house.source('alpha', 'POST', `/api/v1/logs/${log.id}/complete`, {
          ...{ answers: flat(log.step, given.answers), withheld },
        })
      : sendWhole(house, log, { given, status: 'completed', performedAt: known.performedAt, withheld });
  const { isKept } = await history.through(send, crash);
  if (!isKept) return;
  log.again = send;
  history.tell({ ...known, status: 'completed', answers: given.answers, withheld }, log.door, 'all');
}

/** All of a log, as its door takes it. */
function sendWhole(
  house: PatientHouse,
  { id, door, step, asked }: Omit<Kept, 'again'>,
  said: {
    readonly given: Given;
    readonly status: 'in-progress' | 'completed';
    readonly performedAt: number;
    readonly withheld: readonly string[];
  },
): Promise<Answer> {
  const { given, status, withheld } = said;
  const performedAt = new Date(said.performedAt).toISOString();
  const path = `/assignments/${house.assignment(step)}/logs`;
  const body = { status, performedAt, answers: flat(step, given.answers), withheld };
  switch (door) {
    case 'app':
      return house.page('patient', 'POST', path, { id, ...body });
    case 'paper':
      return house.page('clinician', 'POST', path, { id, ...body });
    case 'api':
      return house.source('alpha', 'POST', `/api/v1${path}`, { sourceId: id, ...body });
    case 'form': {
      const filled = response(given, asked?.questionnaire ?? '', status);
      return house.form(asked?.id ?? '', { ...filled, authored: performedAt });
    }
  }
}

/** On paper and in a form filler nothing is kept from anybody. */
const withheldAt = ({ door }: Pick<Kept, 'door'>, given: Given): readonly string[] =>
  door === 'app' || door === 'api' ? withheldOf(given) : [];
