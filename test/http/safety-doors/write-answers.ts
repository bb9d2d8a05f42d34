import type { RiskAnswers, Step } from './signals-oracle.ts';

/** What each form needs besides, so that it can be sent. */
const beside: Readonly<Record<Step, Readonly<Record<string, unknown>>>> = {
  'phq-9': { interest: 'LA6568-5' },
  'diary-card': { sadness: 1 },
  'self-monitoring': { situation: 'A meeting' },
  'structured-writing': { wrote: false },
};

/** As the app and a source system send them. */
export const flat = (step: Step, answers: RiskAnswers): Readonly<Record<string, unknown>> => ({
  ...beside[step],
  ...answers,
});

const codeSystems: Readonly<Partial<Record<Step, string>>> = {
  'phq-9': 'http://loinc.org',
  'structured-writing': 'https://intersession.dev/fhir/CodeSystem/answer',
};

/** As a form filler sends them: items in their groups, options with their system. */
export function response(
  { step, answers }: { readonly step: Step; readonly answers: RiskAnswers },
  questionnaire: string,
  status: 'in-progress' | 'completed',
): object {
  const system = codeSystems[step];
  const item = Object.entries(flat(step, answers)).map(([linkId, value]) => ({
    linkId,
    answer: [answerOf(value, linkId === 'situation' ? undefined : system)],
  }));
  const urges = item.filter(({ linkId }) => linkId !== 'sadness');
  const feelings = item.filter(({ linkId }) => linkId === 'sadness');
  const grouped =
    step === 'diary-card'
      ? [...(urges.length === 0 ? [] : [{ linkId: 'urges', item: urges }]), { linkId: 'feelings', item: feelings }]
      : item;
  return {
    resourceType: 'QuestionnaireResponse',
    ...{ questionnaire, status, item: grouped },
  };
}

function answerOf(value: unknown, system: string | undefined): object {
  if (typeof value === 'boolean') return { valueBoolean: value };
  if (typeof value === 'number') return { valueInteger: value };
  return system === undefined ? { valueString: value } : { valueCoding: { system, code: value } };
}
