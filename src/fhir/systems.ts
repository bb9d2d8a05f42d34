/** Base of every canonical of ours. */
export const canonicalBase = 'https://intersession.dev/fhir';

const codeSystem = (name: string) => `${canonicalBase}/CodeSystem/${name}` as const;

/** Code systems of ours; each is defined in `profiles/input/fsh`. */
export const ourCodeSystems = {
  homework: codeSystem('homework'),
  kind: codeSystem('homework-kind'),
  businessStatus: codeSystem('business-status'),
  barrier: codeSystem('barrier'),
  measure: codeSystem('measure'),
  answer: codeSystem('answer'),
  adherence: codeSystem('adherence'),
  taskInput: codeSystem('task-input'),
  scheduleType: codeSystem('schedule-type'),
  unlocking: codeSystem('unlocking'),
  logResolution: codeSystem('log-resolution'),
  artefact: codeSystem('artefact'),
  safetyRule: codeSystem('safety-rule'),
} as const;

/** Code systems of others that we use. */
export const foreignCodeSystems = {
  loinc: 'http://loinc.org',
  ucum: 'http://unitsofmeasure.org',
  gtsAbbreviation: 'http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation',
  actCode: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  confidentiality: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
  observationValue: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
  observationCategory: 'http://terminology.hl7.org/CodeSystem/observation-category',
  dataAbsentReason: 'http://terminology.hl7.org/CodeSystem/data-absent-reason',
  planDefinitionType: 'http://terminology.hl7.org/CodeSystem/plan-definition-type',
  flagCategory: 'http://terminology.hl7.org/CodeSystem/flag-category',
  dataOperation: 'http://terminology.hl7.org/CodeSystem/v3-DataOperation',
  provenanceParticipant: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type',
  actionType: 'http://terminology.hl7.org/CodeSystem/action-type',
  sdc: 'http://hl7.org/fhir/uv/sdc/CodeSystem/temp',
  usCoreTags: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-tags',
  usCoreCarePlanCategory: 'http://hl7.org/fhir/us/core/CodeSystem/careplan-category',
  usCoreDocumentReferenceCategory: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category',
} as const;

const extension = (name: string) => `${canonicalBase}/StructureDefinition/${name}` as const;

/** Extensions of ours; each is defined in `profiles/input/fsh/extensions.fsh`. */
export const ourExtensions = {
  planClosed: extension('plan-closed'),
  ehrGoal: extension('ehr-goal'),
  unlockRule: extension('unlock-rule'),
  unlockedAt: extension('unlocked-at'),
  endedAt: extension('ended-at'),
  pausedFrom: extension('paused-from'),
  additionalReason: extension('additional-reason'),
  scheduleInForce: extension('schedule-in-force'),
  scheduleDetail: extension('schedule-detail'),
  daysOff: extension('days-off'),
  standing: extension('standing'),
  pauseReason: extension('pause-reason'),
  logContext: extension('log-context'),
  talkedOverAt: extension('talked-over-at'),
  readAt: extension('read-at'),
  reportPlan: extension('report-plan'),
  reportVersion: extension('report-version'),
  reportMember: extension('report-member'),
  reportWords: extension('report-words'),
  safetySignal: extension('safety-signal'),
  safetyEvidence: extension('safety-evidence'),
  safetyClosed: extension('safety-closed'),
  provenancePatient: extension('provenance-patient'),
  formPatient: extension('form-patient'),
  ownName: extension('own-name'),
  recordRow: extension('record-row'),
  alsoRead: extension('also-read'),
  readingOffset: extension('reading-offset'),
} as const;

/** R4's zone of a date or dateTime. @see http://hl7.org/fhir/extensions/StructureDefinition-timezone.html */
export const timeZoneExtension = 'http://hl7.org/fhir/StructureDefinition/timezone';

/** R4's pointer from a Flag to what it is about. @see https://hl7.org/fhir/R4/extension-flag-detail.html */
export const flagDetailExtension = 'http://hl7.org/fhir/StructureDefinition/flag-detail';

/** What of ours carries an identifier, and the R4 type that it is. */
export const identifiedTypes = {
  plan: 'CarePlan',
  assignment: 'Task',
  occurrence: 'Task',
  log: 'QuestionnaireResponse',
  measure: 'Observation',
  adherence: 'Observation',
  barrier: 'Observation',
  feedback: 'Communication',
  report: 'DocumentReference',
  goal: 'Goal',
  safety: 'Flag',
  'safety-review': 'Task',
  'safety-message': 'Communication',
  'safety-note': 'DocumentReference',
  form: 'Questionnaire',
} as const;
export type Identified = keyof typeof identifiedTypes;

/** The system of the client ids by which we know source systems. */
export const sourceIdentifierSystem = 'https://intersession.dev/id/source';

/** The identifier system of one sort of resource of ours. */
export function identifierSystem(identified: Identified): string {
  return `https://intersession.dev/id/${identified}`;
}
