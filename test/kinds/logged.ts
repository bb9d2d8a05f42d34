import type { Observation } from 'fhir/r4';
import { readAnswers } from '../../src/fhir/answers/read-answers.ts';
import { toResponseItems } from '../../src/fhir/answers/write-items.ts';
import { extractObservations } from '../../src/fhir/extract/extract-observations.ts';
import { summaryParts } from '../../src/homework/log/summarise-log.ts';
import type { KindVersion } from '../../src/kinds/kind.ts';
import { withForm } from '../../src/kinds/with-form.ts';
import { aRecord } from '../homework/report/report-state.ts';

const somewhere = { timeZone: 'UTC', language: 'en-GB' };

/** A finished log as a clinician has it: its lines, and its Observations as `code value`. */
export function logged(
  version: Pick<KindVersion, 'questionnaire' | 'scores' | 'summary'>,
  answers: Readonly<Record<string, unknown>>,
  withheld: readonly string[] = [],
  place: { readonly timeZone: string; readonly language: string } = somewhere,
): { readonly lines: readonly string[]; readonly measures: readonly string[] } {
  const { questionnaire } = version;
  const scores = withForm(version.scores ?? [], questionnaire);
  const items = readAnswers(questionnaire, answers, { complete: true });
  const told = summaryParts(version.summary, aRecord({ items, withheld }), { mask: true, place, scores });
  const measures = extractObservations({
    questionnaire,
    scores,
    response: {
      ...{ resourceType: 'QuestionnaireResponse', id: '0d1c5b1e-7f0a-4c7e-9d38-3a53c7c1e001', status: 'completed' },
      item: toResponseItems(questionnaire, items, withheld),
    },
    performedAt: '2026-03-08T07:15:00-04:00',
  });
  return { lines: told.map(({ text }) => text), measures: measures.map(said) };
}

/** `urge-suicide 4`, `93832-4 420 min` */
function said(observation: Observation): string {
  const { valueInteger, valueBoolean, valueTime, valueQuantity, valueCodeableConcept } = observation;
  const amount = valueQuantity && [valueQuantity.value, valueQuantity.code].filter(Boolean).join(' ');
  const value = valueInteger ?? valueBoolean ?? valueTime ?? amount ?? valueCodeableConcept?.coding?.[0]?.code;
  return `${observation.code.coding?.[0]?.code} ${value}`;
}
