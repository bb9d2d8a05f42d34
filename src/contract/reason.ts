import { z } from 'zod';
import { ledgerStates } from '../homework/ledger/ledger-state.ts';
import type { Because, WaitingFor } from '../homework/ledger/row-reason.ts';
import { artefact, instant } from './values.ts';

const missing = z.array(z.strictObject({ artefact, state: z.enum(ledgerStates) }));
const coded = <Code extends string, Shape extends z.ZodRawShape>(code: Code, detail: Shape) =>
  z.strictObject({ code: z.literal(code), ...detail });
const place = z.string().nullable().describe('Where it stood in the EHR: `Task/17`; null: the EHR did not say');

export const waitingForShape = z
  .discriminatedUnion('code', [
    coded('report', {}).describe('The next between-session report tells it'),
    coded('person', {}).describe('A person’s token: the service’s own scopes don’t cover it'),
    coded('encounter', { rule: z.enum(['latest-open', 'next-opened']) }),
    coded('encounter-choice', {}).describe('A clinician chooses the encounter'),
    coded('encounter-access', {}).describe('The service may not read encounters there'),
    coded('plan', { missing }).describe('Its plan, step or due time has to stand in the EHR first'),
    coded('referenced', { missing }).describe('Something else that it refers to has to stand there first'),
    coded('group', {}).describe('Something that is sent with it waits'),
    coded('patient', {
      standing: z.enum(['merged', 'gone', 'inactive']),
      survivorId: z
        .string()
        .exactOptional()
        .describe('Of a merge: who it was merged into, where the EHR names one alone'),
    }),
    coded('final', {}).describe('The EHR files nothing preliminary'),
    coded('review', {}).describe('The EHR took it for review (202)'),
    coded('ehr', {
      status: z.number().int(),
      contentType: z.string().exactOptional(),
      words: z.string().exactOptional(),
      sendsTo: z.string().exactOptional(),
    }).describe('Something else answered in the EHR’s place'),
  ])
  .meta({ id: 'WaitingFor' }) satisfies z.ZodType<WaitingFor>;

export const becauseShape = z
  .discriminatedUnion('code', [
    coded('unclear', {}).describe('Sent without a clear answer: it is looked for'),
    coded('told-again', {}).describe(
      'The ledger was made anew from the record: it is looked for before anything is sent',
    ),
    coded('under-way', { sentAt: instant, until: instant }).describe(
      'The same, and it may come to stand there until then',
    ),
    coded('lost', { place, searchable: z.boolean() }).describe('The EHR said that it made it, and it is not found'),
    coded('several', { type: z.string(), ids: z.array(z.string()) }).describe('The EHR holds it more than once'),
    coded('unnamed', {}).describe('The EHR holds it without a usable id'),
    coded('unsearchable', { type: z.string() }).describe('No search there could tell whether it stands there'),
    coded('foreign', { place: z.string(), about: z.enum(['another-patient', 'nobody']) }),
    coded('place-taken', { place: z.string(), by: z.enum(['other-patient', 'other-resource']) }),
    coded('refused', {}).describe('By the EHR, in its own words: `lastOutcome`'),
    coded('refused-in-review', {}),
    coded('unknown-patient', {}).describe('The EHR has no patient with this id'),
    coded('no-resource', {}),
    coded('no-update', {
      type: z.string(),
      place: z.string().exactOptional(),
      version: z.number().int().exactOptional().describe('What stands there'),
    }).describe('The EHR takes no update of this type'),
    coded('app-only', {}).describe('This EHR has no place for it; `reason` is the landing table’s'),
    coded('other-channels', { type: z.string(), channels: z.array(z.string()) }).describe('It goes by other types'),
    coded('no-row', {}).describe('The customer built no row for its code'),
    coded('told-in-report', {}),
    coded('stands-there', { version: z.number().int() }).describe('Withdrawn, and a version stands there already'),
    coded('never-sent', {}),
    coded('not-held', {}).describe('Withdrawn; it was looked for, and the EHR does not hold it'),
    coded('withdrawn-lost', { place }),
    coded('contradicted', {
      type: z.string(),
      interaction: z.enum(['create', 'update']),
      status: z.number().int(),
    }).describe('The EHR refused what it advertises; it goes on by another landing'),
  ])
  .meta({ id: 'Because' }) satisfies z.ZodType<Because>;

/** Why something in the ledger stands as it does: for people, and by code. */
export const reasonShape = {
  reason: z.string().nullable().describe('Why it stands as it does, for people: its wording may change'),
  waitingFor: waitingForShape.nullable().describe('What it waits for; null: nothing, or it has no code'),
  because: becauseShape.nullable().describe('Why it stands so otherwise; null with a `reason`: a person’s own words'),
};
