import { z } from 'zod';
import { attemptWords } from '../homework/ledger/attempt-words.ts';
import { reasonSchema, reasonWords } from './ledger-words.ts';

const stateSchema = z.looseObject({ state: z.string() });
const attemptSchema = z.looseObject({
  startedAt: z.string(),
  landing: z.string(),
  httpStatus: z.number().nullable(),
  disposition: z.string().nullable(),
  detail: z.string().nullable(),
});
const rowSchema = z.looseObject({
  artefact: z.string(),
  id: z.string(),
  resourceType: z.string(),
  state: z.string(),
  landing: z.string().nullable(),
  wanted: z.number(),
  sent: z.number(),
  landed: z.number(),
  ehrReference: z.string().nullable(),
  wantedAt: z.string(),
  landedAt: z.string().nullable(),
  waitingSince: z.string().nullable(),
  lastStatus: z.number().nullable(),
  lastOutcome: z.string().nullable(),
  planId: z.string(),
  patientId: z.string(),
  groupId: z.string(),
  ...reasonSchema,
  attempts: z.array(attemptSchema),
});

/** Where one artefact stands, why, and what was tried, as lines for the terminal. In English; times in UTC. */
export function sayRow(body: unknown): readonly string[] {
  const row = rowSchema.parse(body);
  const why = reasonWords(row);
  const facts: readonly (readonly [string, string | null])[] = [
    ['state', row.state],
    ['why', why === '' ? null : why],
    ['in the EHR', row.ehrReference ?? 'nothing known'],
    ['lands as', `${row.landing ?? 'not decided yet'} (${row.resourceType})`],
    ['version', `${row.wanted} wanted, ${row.sent} sent, ${row.landed === 0 ? 'none' : row.landed} landed`],
    ['wanted at', row.wantedAt],
    ['waits since', row.waitingSince],
    ['landed at', row.landedAt],
    ['the EHR said', said(row)],
    ['plan', row.planId],
    ['patient', row.patientId],
    ['sent with', row.groupId],
  ];
  return [
    `${row.artefact} ${row.id}`,
    ...facts.flatMap(([name, fact]) => (fact === null ? [] : [`  ${name.padEnd(13)} ${fact}`])),
    '',
    row.attempts.length === 0 ? 'Nothing has been tried yet.' : 'Attempts and decisions, newest first (times in UTC):',
    ...row.attempts.map(({ startedAt, landing, httpStatus, disposition, detail }) => {
      const answered = httpStatus === null ? '' : ` (${httpStatus})`;
      const words = detail === null ? '' : `: ${detail}`;
      return `  ${startedAt}  ${landing.padEnd(12)} ${attemptWords(disposition, httpStatus)}${answered}${words}`;
    }),
  ];
}

/** How it stands after a decision, to be added to a line. */
export function stateNow(body: unknown): string {
  const row = stateSchema.safeParse(body);
  return row.success ? `; it is ${row.data.state} now` : '';
}

function said({ lastStatus, lastOutcome }: z.output<typeof rowSchema>): string | null {
  if (lastOutcome === null) return lastStatus === null ? null : `HTTP ${lastStatus}`;
  return `${lastStatus === null ? '' : `HTTP ${lastStatus}: `}${lastOutcome}`;
}
