import { describe, expect, it } from 'vitest';
import { ourProfiles } from '../../src/fhir/profiles.ts';
import {
  canonicalBase,
  flagDetailExtension,
  foreignCodeSystems,
  identifiedTypes,
  identifierSystem,
  ourCodeSystems,
  ourExtensions,
  sourceIdentifierSystem,
  timeZoneExtension,
} from '../../src/fhir/systems.ts';

const ours = 'https://intersession.dev/fhir';
const tho = 'http://terminology.hl7.org/CodeSystem';
const usCore = 'http://hl7.org/fhir/us/core/CodeSystem';
const under = (path: string, names: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(names).map(([key, name]) => [key, `${path}/${name}`]));

// what is stored and sent bears these for ever: each stands here once more, so that none changes unseen
describe('the names that we give and use', () => {
  it('are of our own code systems', () => {
    expect(canonicalBase).toBe(ours);
    expect(ourCodeSystems).toEqual(
      under(`${ours}/CodeSystem`, {
        homework: 'homework',
        kind: 'homework-kind',
        businessStatus: 'business-status',
        barrier: 'barrier',
        measure: 'measure',
        answer: 'answer',
        adherence: 'adherence',
        taskInput: 'task-input',
        scheduleType: 'schedule-type',
        unlocking: 'unlocking',
        logResolution: 'log-resolution',
        artefact: 'artefact',
        safetyRule: 'safety-rule',
      }),
    );
  });

  it('are of the code systems of others', () => {
    expect(foreignCodeSystems).toEqual({
      loinc: 'http://loinc.org',
      ucum: 'http://unitsofmeasure.org',
      gtsAbbreviation: 'http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation',
      ...under(tho, {
        actCode: 'v3-ActCode',
        confidentiality: 'v3-Confidentiality',
        observationValue: 'v3-ObservationValue',
        observationCategory: 'observation-category',
        dataAbsentReason: 'data-absent-reason',
        planDefinitionType: 'plan-definition-type',
        flagCategory: 'flag-category',
        dataOperation: 'v3-DataOperation',
        provenanceParticipant: 'provenance-participant-type',
        actionType: 'action-type',
      }),
      sdc: 'http://hl7.org/fhir/uv/sdc/CodeSystem/temp',
      ...under(usCore, {
        usCoreTags: 'us-core-tags',
        usCoreCarePlanCategory: 'careplan-category',
        usCoreDocumentReferenceCategory: 'us-core-documentreference-category',
      }),
    });
  });

  it('are of our extensions, and of R4’s', () => {
    expect(ourExtensions).toEqual(
      under(`${ours}/StructureDefinition`, {
        planClosed: 'plan-closed',
        ehrGoal: 'ehr-goal',
        unlockRule: 'unlock-rule',
        unlockedAt: 'unlocked-at',
        endedAt: 'ended-at',
        pausedFrom: 'paused-from',
        additionalReason: 'additional-reason',
        scheduleInForce: 'schedule-in-force',
        scheduleDetail: 'schedule-detail',
        daysOff: 'days-off',
        standing: 'standing',
        pauseReason: 'pause-reason',
        logContext: 'log-context',
        talkedOverAt: 'talked-over-at',
        readAt: 'read-at',
        reportPlan: 'report-plan',
        reportVersion: 'report-version',
        reportMember: 'report-member',
        reportWords: 'report-words',
        safetySignal: 'safety-signal',
        safetyEvidence: 'safety-evidence',
        safetyClosed: 'safety-closed',
        provenancePatient: 'provenance-patient',
        formPatient: 'form-patient',
        ownName: 'own-name',
        recordRow: 'record-row',
        alsoRead: 'also-read',
        readingOffset: 'reading-offset',
      }),
    );
    expect(timeZoneExtension).toBe('http://hl7.org/fhir/StructureDefinition/timezone');
    expect(flagDetailExtension).toBe('http://hl7.org/fhir/StructureDefinition/flag-detail');
  });

  it('are of our profiles', () => {
    expect(ourProfiles).toEqual(
      under(`${ours}/StructureDefinition`, {
        plan: 'homework-plan',
        assignment: 'homework-assignment',
        occurrence: 'homework-occurrence',
        log: 'homework-log',
        measure: 'homework-measure',
        adherence: 'homework-adherence',
        barrier: 'homework-barrier',
        goal: 'homework-goal',
        feedback: 'homework-feedback',
        report: 'homework-report',
        safety: 'safety-signal-flag',
        safetyReview: 'safety-review',
        safetyMessage: 'safety-message',
        safetyNote: 'safety-note',
        provenance: 'homework-provenance',
        libraryPlan: 'homework-library-plan',
        libraryStep: 'homework-library-step',
        questionnaire: 'homework-questionnaire',
        ownForm: 'homework-own-form',
      }),
    );
  });

  it('are of what carries an identifier, and of source systems', () => {
    expect(identifiedTypes).toEqual({
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
    });
    expect(identifierSystem('log')).toBe('https://intersession.dev/id/log');
    expect(identifierSystem('safety-note')).toBe('https://intersession.dev/id/safety-note');
    expect(sourceIdentifierSystem).toBe('https://intersession.dev/id/source');
  });
});
