import type { FhirResource, Questionnaire } from 'fhir/r4';
import type { ArchivedPlan, RowFacts } from '../../../src/fhir/archive/archived-plan.ts';
import type { ArchiveReading } from '../../../src/fhir/archive/read-archive.ts';
import type { ArchiveMapping, ArchiveOrigin } from '../../../src/fhir/archive/write-archive.ts';
import { noneNotDone } from '../../../src/homework/log/not-done-in-plan.ts';
import type { Assignment, Log } from '../../../src/homework/model.ts';
import type { ReportContent } from '../../../src/homework/report/report-model.ts';

export const fhirBase = 'https://ehr.example/fhir';
export const origin: ArchiveOrigin = { tenantId: 'north', ownBase: 'https://homework.example/fhir/north', fhirBase };

const canonical = 'https://intersession.dev/fhir/Questionnaire/self-monitoring|1.0.0';
const questionnaire: Questionnaire = {
  resourceType: 'Questionnaire',
  status: 'active',
  item: [
    { linkId: 'situation', type: 'text' },
    { linkId: 'belief', type: 'integer' },
  ],
};
export const reading: ArchiveReading = {
  tenantId: 'north',
  fhirBase,
  questionnaireOf: (asked) => (asked === canonical ? questionnaire : undefined),
};

const counts = { expected: 1, due: 1, done: 1, onTime: 1, late: 0, missed: 0, open: 0, excused: 0, adHoc: 0, extra: 0 };
const ofPlan = { planId: 'plan-a', patientId: 'sarah' } as const;
export const mapping: ArchiveMapping = {
  plan: {
    tenantName: 'Riverside',
    sensitivity: 'MH',
    kindOf: (slug) => ({ slug, title: 'Self-monitoring' }),
    questionnaireOf: () => questionnaire,
    scoresOf: () => [],
    responseEndpoint: (occurrenceId) => `https://homework.example/respond/secret-of-${occurrenceId}`,
    previousMeasures: () => [],
    adherences: [{ ...ofPlan, assignmentId: 'step-a', from: '2026-03-01T15:00:00.000Z', status: 'final', counts }],
    notDone: noneNotDone,
  },
  safety: { tenantName: 'Riverside', sensitivity: 'MH', timeZone: 'America/New_York', language: 'en-US' },
};

const day = (day: number, hour = 15) => new Date(Date.UTC(2026, 2, day, hour)).toISOString();
const dr = 'Practitioner/dr-okafor';

const step: Assignment = {
  ...ofPlan,
  id: 'step-a',
  key: '1',
  step: 1,
  kind: 'self-monitoring',
  title: 'Notice the thought',
  questionnaire: canonical,
  status: 'in-progress',
  businessStatus: 'logging',
  schedules: [
    { schedule: { type: 'once-within', days: 7 }, from: day(1), until: day(1) },
    { schedule: { type: 'once', by: '2026-03-08' }, from: day(1) },
  ],
  pauses: [],
  unlock: { type: 'at-start' },
  lateGraceHours: 24,
  authoredOn: day(1),
  lastModified: day(2),
  requester: dr,
  reasons: ['Condition/worry'],
  unlockedAt: day(1),
};
const { requester: _nobody, unlockedAt: _never, ...locked } = step;
const log: Log = {
  ...ofPlan,
  id: 'log-a',
  assignmentId: 'step-a',
  occurrenceId: 'step-a.1',
  resolution: 'resolved',
  questionnaire: canonical,
  status: 'completed',
  performedAt: day(2),
  authored: day(2, 16),
  source: { type: 'patient' },
  items: [{ linkId: 'situation', answers: [{ type: 'string', value: 'only for me' }], items: [] }],
  withheld: ['situation'],
};

const reportContent: ReportContent = {
  language: 'en-US',
  headline: '1 of 1 done – größtenteils',
  title: 'Homework between sessions',
  period: '1 to 4 March',
  date: day(4),
  sections: [{ title: 'Done', entries: [{ lines: ['belief 80'] }] }],
  members: '1 log',
  told: [{ artefact: 'log', id: 'log-a', status: 'told', at: day(2) }],
};

/** A plan with a row of every sort, sent by a source system and made by people, and what the record keeps beside. */
export const state: ArchivedPlan['state'] = {
  plan: {
    id: 'plan-a',
    patientId: 'sarah',
    title: 'Speaking up',
    status: 'active',
    timeZone: 'America/New_York',
    language: 'en-US',
    period: { start: '2026-03-01' },
    author: dr,
    createdAt: day(1),
    addresses: ['Condition/worry'],
    goals: [
      { id: 'goal-b', description: 'One sentence a meeting', ehrReference: 'Goal/speak-up' },
      { id: 'goal-a', description: 'The thought loses its grip' },
    ],
    via: 'product',
  },
  assignments: [
    {
      ...{ ...step, via: 'product', unlocked: { at: day(1), by: dr, reason: 'She is ready' } },
      toldMove: { event: 'agreed', at: day(2), via: 'product', by: 'patient' },
    },
    { ...locked, id: 'step-b', key: '2', step: 2, status: 'requested', businessStatus: 'locked' },
  ],
  occurrences: [
    {
      ...ofPlan,
      id: 'step-a.1',
      assignmentId: 'step-a',
      ordinal: 1,
      status: 'done',
      openedAt: day(1),
      dueUntil: day(9, 8),
      lateUntil: day(10, 8),
      logId: 'log-a',
      endedAt: day(2),
      lastModified: day(2),
    },
  ],
  logs: [
    { ...log, via: 'product', told: { at: day(2, 17), as: 'made' }, madeBy: 'source:product' },
    {
      ...log,
      id: 'log-b',
      resolution: 'extra',
      status: 'stopped',
      unsent: true,
      madeBy: 'user:Patient/sarah',
      changedBy: 'user:Patient/sarah/app',
    },
  ],
  barriers: [{ ...ofPlan, id: 'barrier-a', code: 'fear', saidBy: dr, recordedAt: day(3), via: 'product' }],
  feedback: [{ ...ofPlan, id: 'message-a', author: dr, text: 'Well done', sentAt: day(3), via: 'product' }],
  reports: [
    {
      ...ofPlan,
      id: 'report-a',
      version: 1,
      from: day(1),
      to: day(4),
      createdAt: day(4),
      author: dr,
      text: 'Homework\n[IS:report-a:v1]',
      members: [{ artefact: 'log', id: 'log-a', version: 1 }],
      content: reportContent,
      via: 'product',
    },
    {
      ...ofPlan,
      id: 'report-b',
      version: 1,
      from: day(4),
      to: day(5),
      createdAt: day(5),
      text: 'Homework\n[IS:report-b:v1]',
      members: [],
    },
  ],
};

/** Each row's facts tell it from all others. */
const rowNames = [
  ...['plan/plan-a', 'assignment/step-a', 'assignment/step-b', 'occurrence/step-a.1', 'log/log-a', 'log/log-b'],
  ...['barrier/barrier-a', 'feedback/message-a', 'report/report-a', 'report/report-b', 'safety/signal-a'],
];
const factsOf = (place: number): RowFacts => ({
  version: place + 1,
  updatedAt: day(10 + place),
  madeBy: 'source:product',
  changedBy: `user:Practitioner/p-${place}`,
});

const derived: FhirResource[] = [
  {
    resourceType: 'Provenance',
    id: 'provenance-b',
    extension: [
      {
        url: 'https://intersession.dev/fhir/StructureDefinition/provenance-patient',
        valueReference: { reference: 'Patient/sarah' },
      },
    ],
    target: [{ reference: 'Task/step-a' }],
    recorded: day(2),
    agent: [{ who: { reference: dr } }],
  },
  {
    resourceType: 'Observation',
    id: 'log-a.belief',
    meta: { profile: ['https://intersession.dev/fhir/StructureDefinition/homework-measure'] },
    identifier: [{ system: 'https://intersession.dev/id/measure', value: 'log-a.belief' }],
    status: 'final',
    code: { text: 'belief' },
    subject: { reference: 'Patient/sarah' },
    valueInteger: 80,
  },
];

export const sampleArchive: ArchivedPlan = {
  state,
  signals: [
    {
      signal: {
        ...ofPlan,
        id: 'signal-a',
        rule: 'not-safe-now',
        ordinal: 1,
        status: 'open',
        raisedAt: day(2),
        evidence: [{ at: day(2), by: { type: 'patient' }, logId: 'log-a' }],
        version: 1,
      },
      owners: ['source:product', 'service'],
      shownTo: 'source:product',
    },
  ],
  facts: new Map(rowNames.map((name, place) => [name, factsOf(place)])),
  changes: [
    { version: 1, at: day(1), actor: 'source:product' },
    { version: 2, at: day(2), actor: `user:${dr}`, session: 's-1' },
  ],
  sourceKeys: new Map([
    ['plan-a', [{ clientId: 'product', operation: 'plan', sourceId: 'p', digest: 'd', createdAt: day(1) }]],
    ['log-a', [{ clientId: '', operation: 'log', sourceId: 'l', digest: 'e', createdAt: day(2) }]],
  ]),
  withdrawn: new Map([
    ['Task/step-b', 'kept on paper'],
    ['Observation/log-a.belief', 'entered twice'],
  ]),
  stored: derived.map((resource, place) => ({ resource, version: place + 3, lastUpdated: day(20 + place) })),
};
