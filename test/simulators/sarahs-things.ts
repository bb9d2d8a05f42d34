import type { Json } from '../sandbox/open-sandbox.ts';

export const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** A clinical note on Sarah, in her visit that goes on. */
export const note = (more: Json = {}): Json => ({
  resourceType: 'DocumentReference',
  status: 'current',
  docStatus: 'preliminary',
  identifier: [{ system: 'https://example.org/id/report', value: 'report-1' }],
  type: { text: 'Between-session report' },
  subject: { reference: 'Patient/sarah' },
  date: '2026-03-25T15:00:00-04:00',
  content: [{ attachment: { contentType: 'text/plain', data: base64('Homework went well.') } }],
  context: { encounter: [{ reference: 'Encounter/sarah-2026-03-25' }] },
  ...more,
});

/** A reading of Sarah's, in her visit that goes on. */
export const reading = (code: { system: string; code: string }, category: string, more: Json = {}): Json => ({
  resourceType: 'Observation',
  status: 'final',
  identifier: [{ system: 'https://example.org/id/measure', value: 'measure-1' }],
  category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: category }] }],
  code: { coding: [code] },
  subject: { reference: 'Patient/sarah' },
  encounter: { reference: 'Encounter/sarah-2026-03-25' },
  effectiveDateTime: '2026-03-25T15:10:00-04:00',
  valueInteger: 75,
  ...more,
});

/** An answer of Sarah's to a questionnaire. */
export const response = (questionnaire: string, linkId: string, more: Json = {}): Json => ({
  resourceType: 'QuestionnaireResponse',
  identifier: { system: 'https://example.org/id/log', value: 'log-1' },
  questionnaire,
  status: 'completed',
  subject: { reference: 'Patient/sarah' },
  authored: '2026-03-25T15:00:00-04:00',
  item: [{ linkId, answer: [{ valueString: 'It went well' }] }],
  ...more,
});

/** A message about Sarah's homework. */
export const message = (more: Json = {}): Json => ({
  resourceType: 'Communication',
  status: 'completed',
  identifier: [{ system: 'https://example.org/id/feedback', value: 'feedback-1' }],
  subject: { reference: 'Patient/sarah' },
  recipient: [{ reference: 'Patient/sarah' }],
  payload: [{ contentString: 'Well done' }],
  ...more,
});

/** Diagnostics of all issues of an OperationOutcome. */
export const wordsOf = (outcome: Json): string =>
  (outcome.issue ?? []).map((issue: Json) => issue.diagnostics ?? '').join('; ');
