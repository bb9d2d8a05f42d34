import { describe, expect, it } from 'vitest';
import { artefacts } from '../../src/homework/artefact.ts';
import { differenceKinds, findingKinds, uncheckedKinds } from '../../src/homework/ledger/finding-kind.ts';
import { ledgerStates } from '../../src/homework/ledger/ledger-state.ts';
import { outcomeCodes, waitingCodes } from '../../src/homework/ledger/row-reason.ts';
import { noCurrentName } from '../../src/homework/patient/no-current-name.ts';
import { patientStates } from '../../src/homework/patient/patient-standing.ts';
import { adherenceStatuses } from '../../src/homework/plan/adherence.ts';
import { assignmentStatuses, businessStatuses } from '../../src/homework/plan/assignment.ts';
import { assignmentEvents } from '../../src/homework/plan/assignment-moves.ts';
import { attentionCodes, endings } from '../../src/homework/plan/attention-reason.ts';
import { barrierCodes } from '../../src/homework/plan/barrier.ts';
import { planStatuses } from '../../src/homework/plan/plan.ts';
import { tookPlace, tookPlaceStates } from '../../src/homework/plan/took-place.ts';
import { worklistFilters, worklistSorts } from '../../src/homework/plan/worklist-filter.ts';
import { roles } from '../../src/homework/role.ts';
import { occurrenceStatuses } from '../../src/homework/schedule/occurrence.ts';

/** Codes stand in the database, in what other systems read and send, and in profiles: one that is renamed is lost there. */
const words: readonly (readonly [string, readonly string[], string])[] = [
  ['artefacts', artefacts, 'plan assignment occurrence log measure adherence feedback report safety'],
  ['roles', roles, 'clinician coordinator patient integration'],
  ['plan statuses', planStatuses, 'draft active on-hold completed revoked entered-in-error'],
  [
    'assignment statuses',
    assignmentStatuses,
    'draft requested received accepted in-progress on-hold completed rejected cancelled failed entered-in-error',
  ],
  [
    'business statuses',
    businessStatuses,
    `locked assigned seen agreed logging declined stopped-by-patient paused done overdue missed late withdrawn
     not-reached mistake`,
  ],
  [
    'events',
    assignmentEvents,
    `unlock relock regrade step-down seen agree decline stop pause resume accept-as-done withdraw mistake log target-reached
     due-passed window-closed late-log excused log-retracted plan-closed`,
  ],
  ['occurrence statuses', occurrenceStatuses, 'due overdue done late missed excused paused'],
  ['adherence statuses', adherenceStatuses, 'preliminary final amended'],
  ['barriers', barrierCodes, 'fear too-hard forgot no-time not-understood no-point-seen felt-too-bad practical other'],
  ['worklist filters', worklistFilters, 'safety stopped barrier overdue waiting-unlock message not-landed set-aside'],
  ['why a plan asks for attention', attentionCodes, 'stopped barrier overdue waiting-unlock message'],
  ['how a step ended', endings, 'missed declined stopped not-reached'],
  ['worklist sorts', worklistSorts, 'urgency last-log adherence'],
  ['patient states', patientStates, 'current inactive merged gone'],
  ['ledger states', ledgerStates, 'pending in-flight landed awaiting-review rejected unknown waiting withdrawn'],
  [
    'what a row waits for',
    waitingCodes,
    'report person encounter encounter-choice encounter-access plan referenced group patient final review ehr',
  ],
  [
    'why a row stands so',
    outcomeCodes,
    `unclear told-again under-way lost several unnamed unsearchable foreign place-taken refused refused-in-review
     unknown-patient no-resource no-update app-only other-channels no-row told-in-report stands-there never-sent not-held
     withdrawn-lost contradicted`,
  ],
  [
    'differences',
    differenceKinds,
    'missing altered status beyond-repair entered-in-error newer-version doubled refiled other-patient other-resource',
  ],
  ['what was not compared', uncheckedKinds, 'unsettled unreadable'],
  [
    'findings',
    findingKinds,
    `missing altered status beyond-repair entered-in-error newer-version doubled refiled other-patient other-resource
     unsettled unreadable`,
  ],
];

it.each(words)('%s are these codes, in this order', (_what, list, codes) => {
  expect(list).toEqual(codes.split(/\s+/));
});

describe('an encounter took place', () => {
  // https://hl7.org/fhir/R4/valueset-encounter-status.html
  it.each([
    ['in-progress', true],
    ['onleave', true],
    ['finished', true],
    ['planned', false],
    ['arrived', false],
    ['triaged', false],
    ['cancelled', false],
    ['entered-in-error', false],
    ['unknown', false],
    ['', false],
    [undefined, false],
    [['finished'], false],
  ])('%j: %s', (status, took) => {
    expect(tookPlace(status)).toBe(took);
  });

  it('in no other status', () => {
    expect(tookPlaceStates).toHaveLength(3);
  });
});

it('says of somebody without a name in use that there is none, and no old one', () => {
  expect(noCurrentName).toBe('No current name in the record');
});
