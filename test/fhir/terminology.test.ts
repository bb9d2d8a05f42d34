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
    'belief-before belief-after suds-before suds-peak suds-after self-censored prediction-likelihood exposure-duration practice-attempts confidence-before confidence-after phq-8-total gad-2-total pcl-5-week-total pcl-5-b pcl-5-c pcl-5-d pcl-5-e pcl-5-week-b pcl-5-week-c pcl-5-week-d pcl-5-week-e isi-total wsas-total spin-total mini-spin-total pdss-sr-total oci-r-total y-bocs-total who-5-index likelihood-after exposure-minutes emotion-before emotion-after thought-belief-before thought-belief-after balanced-belief importance pleasure-expected pleasure mastery mood-before mood-after activity-minutes tension-before tension-after practice-minutes writing-minutes understanding urge-suicide acted-suicide urge-self-harm acted-self-harm urge-quit-therapy acted-quit-therapy urge-substances acted-substances urge-target acted-target emotion-sadness emotion-shame emotion-guilt emotion-anger emotion-fear emotion-misery emotion-joy skills-used planned-minutes planned-share pain-before pain-after movement-fear rest-minutes pain-flare anxiety-before anxiety-after concentration skill-went warning-sign warning-signs lapse into-bed tried-to-sleep sleep-onset-latency awakenings wake-after-sleep-onset final-waking out-of-bed sleep-quality awake-before-trying sleep-period latency-to-arising time-in-bed sleep-efficiency',
  adherence: 'expected due on-time late missed open excused ad-hoc extra on-time-share',
  taskInput:
    'kind step-number step-key schedule named-event pause instructions rationale unlock-rule late-grace occurrence-number late-until homework-day part-of-day',
  scheduleType: 'event once once-within series at-visit sessions',
  safetyRule:
    'self-harm-thoughts harm-to-others harm-by-others not-safe-now other-concern suicide-urge self-harm-urge acted-on-self-harm phq-item-9 high-score sudden-rise old-answers',
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
