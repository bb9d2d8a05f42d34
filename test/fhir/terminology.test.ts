import { describe, expect, it } from 'vitest';
import { foreignCodeSystems, ourCodeSystems } from '../../src/fhir/systems.ts';
import { terminology, toCoding } from '../../src/fhir/terminology.ts';

const ours = 'https://intersession.dev/fhir';
const tho = 'http://terminology.hl7.org/CodeSystem';
const usCore = 'http://hl7.org/fhir/us/core/CodeSystem';

/** Every code, by its system; how each is displayed is compared with the code systems as published. */
const codes: Readonly<Record<string, string>> = {
  homework:
    'homework homework-assignment homework-adherence homework-barrier homework-feedback homework-reply homework-report safety-review safety-message',
  businessStatus:
    'locked assigned seen agreed logging declined stopped-by-patient paused done overdue missed late withdrawn not-reached mistake due excused',
  barrier: 'fear too-hard forgot no-time not-understood no-point-seen felt-too-bad practical other',
  measure:
    'belief-before belief-after suds-before suds-peak suds-after self-censored prediction-likelihood exposure-duration practice-attempts confidence-before confidence-after',
  adherence: 'expected due on-time late missed open excused ad-hoc extra on-time-share',
  taskInput:
    'kind step-number step-key schedule named-event pause instructions rationale unlock-rule late-grace occurrence-number late-until',
  scheduleType: 'event once once-within',
  safetyRule: 'self-harm-thoughts harm-to-others harm-by-others not-safe-now other-concern',
  flagCategory: 'safety',
  loinc: '11506-3',
  actCode: 'MH SUD',
  confidentiality: 'R',
  observationValue: 'REDACTED PATAST',
  observationCategory: 'survey therapy',
  dataAbsentReason: 'not-applicable',
  planDefinitionType: 'clinical-protocol',
  dataOperation: 'CREATE UPDATE',
  provenanceParticipant: 'author assembler',
  actionType: 'create',
  sdc: 'complete-questionnaire questionnaire questionnaire-response response-endpoint',
  usCoreTags: 'patient-supplied',
  usCoreCarePlanCategory: 'assess-plan',
  usCoreDocumentReferenceCategory: 'clinical-note',
};

describe('a code that we write', () => {
  const sources = [
    'profiles/input/fsh/code-systems.fsh',
    'HL7 Terminology 7.0.1',
    'US Core 8.0',
    'LOINC 2.78',
    'SDC 4.0.0-ballot',
  ];

  it.each(terminology)(
    'has its display and says where it was read: $system $code',
    ({ system, code, display, source }) => {
      expect(toCoding(system, code)).toEqual({ system, code, display });
      expect(display).not.toBe('');
      const [own, hl7, core, loinc, sdc] = sources;
      const from = [
        [`${ours}/`, own],
        [`${tho}/`, hl7],
        [`${usCore}/`, core],
        ['http://loinc.org', loinc],
        ['http://hl7.org/fhir/uv/sdc/', sdc],
      ].find(([prefix = '']) => system.startsWith(prefix));
      expect(source).toBe(from?.[1]);
    },
  );

  it('is one of these', () => {
    const names = new Map<string, string>(
      Object.entries({ ...ourCodeSystems, ...foreignCodeSystems }).map(([name, system]) => [system, name]),
    );
    const bySystem = Object.groupBy(terminology, ({ system }) => names.get(system) ?? system);
    const written = Object.entries(bySystem).map(([name, terms]) => [name, terms?.map(({ code }) => code).join(' ')]);
    expect(Object.fromEntries(written)).toEqual(codes);
  });

  it('has no display where the table has none', () => {
    expect(toCoding(ourCodeSystems.kind, 'graded-exposure')).toEqual({
      system: ourCodeSystems.kind,
      code: 'graded-exposure',
    });
    expect(toCoding(ourCodeSystems.homework, 'new')).toEqual({ system: ourCodeSystems.homework, code: 'new' });
  });
});
