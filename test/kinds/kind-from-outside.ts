import type { Questionnaire } from 'fhir/r4';
import { asQuestionnaire } from '../../src/kinds/as-questionnaire.ts';
import type { Kind, KindVersion } from '../../src/kinds/kind.ts';
import json from '../fixtures/outside/questionnaire-of-a-prom.json' with { type: 'json' };

const item = (last: number) => `73490535-0000-4000-8000-00000000000${last}`;
export const [tense, slept, toBed] = [item(2), item(3), item(4)];
const extract = {
  url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationExtract',
  valueBoolean: true,
};

const weekly: KindVersion = {
  questionnaire: asQuestionnaire(json),
  summary: [
    { type: 'value', label: 'Tense', linkId: tense },
    { type: 'value', label: 'Slept', linkId: slept },
    { type: 'value', label: 'To bed at', linkId: toBed },
  ],
  offers: ['logs-done', 'clinician-approves'],
};

/** A kind of a Questionnaire that somebody else wrote: uuid linkIds, LOINC, scores, an amount, a time; no belief, no SUDS. */
export const weeklyCheck: Kind = {
  slug: 'weekly-check',
  title: 'Weekly check',
  description: 'Four questions about the week.',
  defaults: {
    lateGraceHours: 24,
    instructions: 'Answer the four questions on Sunday evening.',
    rationale: 'What is asked every week shows what changes.',
  },
  versions: [weekly],
};

/** The same, with the amount and the time as measures, too. */
export const measuredCheck: Kind = {
  ...weeklyCheck,
  versions: [{ ...weekly, questionnaire: withMeasures(weekly.questionnaire) }],
};

function withMeasures(questionnaire: Questionnaire): Questionnaire {
  const codes: Readonly<Record<string, string>> = { [slept]: '93832-4', [toBed]: '65554-8' };
  return {
    ...questionnaire,
    item: (questionnaire.item ?? []).map((questionnaireItem) => {
      const code = codes[questionnaireItem.linkId];
      return code === undefined
        ? questionnaireItem
        : { ...questionnaireItem, extension: [extract], code: [{ system: 'http://loinc.org', code }] };
    }),
  };
}
