import type { FhirResource } from '../../resource.ts';

/** The one questionnaire whose response apps may update. */
export const SOCIAL_HISTORY = 'https://oracle-health.simulator.example/Questionnaire/social-history';

const sarah = { reference: 'Patient/sarah', display: 'Sarah Whitfield' };

/** Sarah's social history and her intake form, and a plan of the clinic's whose activities are never shown. */
export const oracleHealthSeed: readonly FhirResource[] = [
  {
    resourceType: 'Questionnaire',
    id: 'social-history',
    url: SOCIAL_HISTORY,
    status: 'active',
    title: 'Social history',
    item: [{ linkId: 'work', text: 'Work', type: 'string' }],
  },
  response('social-history-sarah', SOCIAL_HISTORY),
  response('intake-sarah', 'https://oracle-health.simulator.example/Questionnaire/intake'),
  {
    resourceType: 'CarePlan',
    id: 'clinic-plan-sarah',
    status: 'active',
    intent: 'plan',
    title: 'Outpatient plan',
    subject: sarah,
    activity: [{ detail: { kind: 'Appointment', status: 'scheduled', description: 'Weekly psychotherapy' } }],
  },
];

function response(id: string, questionnaire: string): FhirResource {
  return {
    resourceType: 'QuestionnaireResponse',
    id,
    questionnaire,
    status: 'completed',
    subject: sarah,
    authored: '2026-02-25T15:10:00-05:00',
    item: [{ linkId: 'work', text: 'Work', answer: [{ valueString: 'Product team, office' }] }],
  };
}
