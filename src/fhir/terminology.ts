import type { Coding } from 'fhir/r4';
import { measures } from './measures.ts';
import { foreignCodeSystems as foreign, ourCodeSystems as ours } from './systems.ts';

/** One code that we write: its display exactly as its code system spells it, and where that was read. */
export interface Term {
  readonly system: string;
  readonly code: string;
  readonly display: string;
  readonly source: string;
}

type Row = readonly [code: string, display: string];
const terms = (system: string, source: string, rows: readonly Row[]): Term[] =>
  rows.map(([code, display]) => ({ system, code, display, source }));

const own = 'profiles/input/fsh/code-systems.fsh';
const tho = 'HL7 Terminology 7.0.1';
const usCore = 'US Core 8.0';

/** Every code that we write into a resource; standard codes stand here and nowhere else. */
export const terminology: readonly Term[] = [
  ...terms(ours.homework, own, [
    ['homework', 'Homework'],
    ['homework-assignment', 'Homework assignment'],
    ['homework-adherence', 'Homework adherence'],
    ['homework-barrier', 'Barrier to homework'],
    ['homework-feedback', 'Feedback on homework'],
    ['homework-reply', "Patient's message about homework"],
    ['homework-report', 'Homework report'],
    ['safety-review', 'Safety review'],
    ['safety-message', 'Safety message'],
  ]),
  ...terms(ours.businessStatus, own, [
    ['locked', 'Locked'],
    ['assigned', 'Assigned'],
    ['seen', 'Seen'],
    ['agreed', 'Agreed'],
    ['logging', 'Logging'],
    ['declined', 'Declined'],
    ['stopped-by-patient', 'Stopped by the patient'],
    ['paused', 'Paused'],
    ['done', 'Done'],
    ['overdue', 'Overdue'],
    ['missed', 'Missed'],
    ['late', 'Late'],
    ['withdrawn', 'Withdrawn'],
    ['not-reached', 'Not reached'],
    ['mistake', 'Made by mistake'],
    ['due', 'Due'],
    ['excused', 'Excused'],
  ]),
  ...terms(ours.barrier, own, [
    ['fear', 'Fear'],
    ['too-hard', 'Too hard'],
    ['forgot', 'Forgot'],
    ['no-time', 'No time'],
    ['not-understood', 'Not understood'],
    ['no-point-seen', 'No point seen'],
    ['felt-too-bad', 'Felt too bad'],
    ['practical', 'Practical obstacle'],
    ['other', 'Other'],
  ]),
  ...terms(ours.measure, own, measures),
  ...terms(ours.adherence, own, [
    ['expected', 'Expected'],
    ['due', 'Due so far'],
    ['on-time', 'Done on time'],
    ['late', 'Done late'],
    ['missed', 'Missed'],
    ['open', 'Still open'],
    ['excused', 'Excused'],
    ['ad-hoc', 'Logged without an occurrence'],
    ['extra', 'Logged beyond the target'],
    ['on-time-share', 'Share done on time'],
  ]),
  ...terms(ours.taskInput, own, [
    ['kind', 'Kind of homework'],
    ['step-number', 'Step number'],
    ['step-key', 'Step key'],
    ['schedule', 'Schedule'],
    ['named-event', 'Named event'],
    ['pause', 'Pause'],
    ['instructions', 'Instructions'],
    ['rationale', 'Rationale'],
    ['unlock-rule', 'Unlock rule'],
    ['late-grace', 'Late grace'],
    ['occurrence-number', 'Occurrence number'],
    ['late-until', 'Counts as late until'],
    ['homework-day', 'Homework day'],
    ['part-of-day', 'Part of the day'],
  ]),
  ...terms(ours.scheduleType, own, [
    ['event', 'At the next occasions of an event'],
    ['once', 'Once, by a day'],
    ['once-within', 'Once, within so many days of unlocking'],
    ['series', 'Again and again'],
    ['at-visit', 'Once, at the next visit'],
    ['sessions', 'In sessions that a clinician starts'],
  ]),
  ...terms(ours.safetyRule, own, [
    ['self-harm-thoughts', 'Thoughts of harming oneself'],
    ['harm-to-others', 'Thoughts of harming someone else'],
    ['harm-by-others', 'Harm by another person'],
    ['not-safe-now', 'Says they are not safe right now'],
    ['other-concern', "Concern for the patient's safety"],
    ['suicide-urge', 'Strong urge to end their life'],
    ['self-harm-urge', 'Strong urge to harm themself'],
    ['acted-on-self-harm', 'Acted on an urge to harm themself'],
    ['phq-item-9', 'PHQ-9, item 9: thoughts of being better off dead or of self-harm'],
    ['high-score', 'A score at or above its threshold'],
    ['sudden-rise', 'A sudden rise since the time before'],
    ['old-answers', 'Old answers to look at'],
  ]),
  ...terms(foreign.flagCategory, tho, [['safety', 'Safety']]),
  ...terms(foreign.loinc, 'LOINC 2.78', [['11506-3', 'Progress note']]),
  ...terms(foreign.actCode, tho, [
    ['MH', 'mental health information sensitivity'],
    ['SUD', 'substance use disorder information sensitivity'],
  ]),
  ...terms(foreign.confidentiality, tho, [['R', 'restricted']]),
  ...terms(foreign.observationValue, tho, [
    ['REDACTED', 'redacted'],
    ['PATAST', 'patient asserted'],
  ]),
  ...terms(foreign.observationCategory, tho, [
    ['survey', 'Survey'],
    ['therapy', 'Therapy'],
  ]),
  ...terms(foreign.dataAbsentReason, tho, [['not-applicable', 'Not Applicable']]),
  ...terms(foreign.planDefinitionType, tho, [['clinical-protocol', 'Clinical Protocol']]),
  ...terms(foreign.dataOperation, tho, [
    ['CREATE', 'create'],
    ['UPDATE', 'revise'],
  ]),
  ...terms(foreign.provenanceParticipant, tho, [
    ['author', 'Author'],
    ['assembler', 'Assembler'],
  ]),
  ...terms(foreign.actionType, tho, [['create', 'Create']]),
  ...terms(foreign.sdc, 'SDC 4.0.0-ballot', [
    ['complete-questionnaire', 'Complete Questionnaire'],
    ['questionnaire', 'Questionnaire'],
    ['questionnaire-response', 'Questionnaire Response'],
    ['response-endpoint', 'Response Endpoint'],
  ]),
  ...terms(foreign.usCoreTags, usCore, [['patient-supplied', 'Patient Supplied']]),
  ...terms(foreign.usCoreCarePlanCategory, usCore, [['assess-plan', 'Assessment and Plan of Treatment']]),
  ...terms(foreign.usCoreDocumentReferenceCategory, usCore, [['clinical-note', 'Clinical Note']]),
];

const displays = new Map(terminology.map(({ system, code, display }) => [`${system}|${code}`, display]));

/** A Coding with the display of its table row; without one when the table doesn't have it (a kind's slug, say). */
export function toCoding(system: string, code: string): Coding {
  const display = displays.get(`${system}|${code}`);
  return display === undefined ? { system, code } : { system, code, display };
}
