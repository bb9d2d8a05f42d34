import { createHash } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import { projectSignal } from '../../../src/fhir/project-signal.ts';
import { toSafetyMessage } from '../../../src/fhir/to-safety-message.ts';
import { toSafetyNote } from '../../../src/fhir/to-safety-note.ts';
import { toSafetyReview } from '../../../src/fhir/to-safety-review.ts';
import type { SafetySignal } from '../../../src/homework/safety/safety-signal.ts';
import { closedSignal, openSignal, safetyContext, signalId } from './safety-samples.ts';
import { metaOf, ourCode, ourId, ourReference, ourUrl, progressNote, riverside, sarah } from './spelled-out.ts';

const careTeam = { type: 'CareTeam', display: 'Care team, Riverside Behavioral Health' };
/** When the latest evidence came, though it is not the last in the list. */
const latest = '2026-03-08T04:12:00-04:00';
const raised = '2026-03-02T10:00:00-05:00';
const closed = '2026-03-09T11:00:00-04:00';

const openReview = {
  resourceType: 'Task',
  id: `${signalId}.review`,
  meta: metaOf('safety-review'),
  language: 'en-US',
  identifier: [ourId('safety-review', `${signalId}.review`)],
  status: 'requested',
  intent: 'order',
  priority: 'urgent',
  code: ourCode('homework', 'safety-review', 'Safety review'),
  description: 'Review the safety signal now, and close it with a reason in the homework app',
  focus: ourReference('Flag', 'safety', signalId),
  for: sarah,
  executionPeriod: { start: raised },
  authoredOn: raised,
  lastModified: latest,
  requester: riverside,
  owner: careTeam,
};

describe('the Task to review a safety signal', () => {
  test('asks the care team, urgently, while it is open', () => {
    expect(toSafetyReview(openSignal, safetyContext)).toStrictEqual(openReview);
  });

  test('is completed with the reason for which the signal was closed', () => {
    expect(toSafetyReview(closedSignal, safetyContext)).toStrictEqual({
      ...openReview,
      status: 'completed',
      statusReason: { text: 'Talked on the phone; safety plan made' },
      executionPeriod: { start: raised, end: closed },
      lastModified: closed,
    });
  });
});

describe('the message about a safety signal', () => {
  const message = {
    resourceType: 'Communication',
    id: `${signalId}.message`,
    meta: metaOf('safety-message'),
    language: 'en-US',
    identifier: [ourId('safety-message', `${signalId}.message`)],
    status: 'completed',
    category: [ourCode('homework', 'safety-message', 'Safety message')],
    priority: 'urgent',
    subject: sarah,
    sent: raised,
    recipient: [careTeam],
    sender: riverside,
    payload: [
      {
        contentString: [
          `Homework app: a safety signal was raised for this patient on ${raised}. Please review it now in the homework app.`,
          'The homework app is not monitored round the clock.',
          `[IS:${signalId}.message:v1]`,
        ].join('\n'),
      },
    ],
  };
  it.each([
    ['open', openSignal],
    ['closed', closedSignal],
  ])('is the same for ever: %s', (_state, signal) => {
    expect(toSafetyMessage(signal, safetyContext)).toStrictEqual(message);
  });
});

describe('the note about a safety signal', () => {
  const noteOf = (signal: SafetySignal) => {
    const { content, ...note } = toSafetyNote(signal, safetyContext);
    const text = Buffer.from(content[0]?.attachment.data ?? '', 'base64').toString('utf8');
    return { note, content, text };
  };
  const openNote = {
    resourceType: 'DocumentReference',
    id: `${signalId}.note`,
    meta: metaOf('safety-note'),
    extension: [{ url: ourUrl('report-version'), valuePositiveInt: 4 }],
    identifier: [ourId('safety-note', `${signalId}.note`)],
    status: 'current',
    docStatus: 'preliminary',
    ...progressNote,
    subject: sarah,
    date: latest,
    author: [riverside],
    description: 'Safety signal from therapy homework',
    context: { period: { start: raised } },
  };
  /** The one attachment whose text that is, in UTF-8. */
  const attachmentOf = (text: string, creation: string) => [
    {
      attachment: {
        contentType: 'text/plain',
        language: 'en-US',
        data: Buffer.from(text, 'utf8').toString('base64'),
        size: Buffer.byteLength(text, 'utf8'),
        hash: createHash('sha1').update(text, 'utf8').digest('base64'),
        title: 'Safety signal',
        creation,
      },
    },
  ];

  test('while it is open is of the time of its latest evidence, signed by nobody', () => {
    const { note, content, text } = noteOf(openSignal);
    expect(note).toStrictEqual(openNote);
    expect(content).toStrictEqual(attachmentOf(text, latest));
  });

  test('once it is closed is of that time, and its period has an end', () => {
    const { note, content, text } = noteOf(closedSignal);
    expect(note).toStrictEqual({
      ...openNote,
      extension: [{ url: ourUrl('report-version'), valuePositiveInt: 5 }],
      date: closed,
      context: { period: { start: raised, end: closed } },
    });
    expect(content).toStrictEqual(attachmentOf(text, closed));
  });

  test('and its review are no older than the signal, whatever time its evidence speaks of', () => {
    const [first] = openSignal.evidence;
    if (first === undefined) throw new Error('there is evidence');
    const signal = { ...openSignal, evidence: [{ ...first, at: '2026-02-01T10:00:00.000Z' }] };
    expect(noteOf(signal).note.date).toBe(raised);
    expect(toSafetyReview(signal, safetyContext).lastModified).toBe(raised);
  });
});

describe('what is made of a safety signal', () => {
  test('always all four, in one landing group, and who told of it for our own endpoint', () => {
    const projected = projectSignal(openSignal, safetyContext);
    expect(projected.map(({ artefact, id, groupId }) => ({ artefact, id, groupId }))).toStrictEqual([
      ...['', '.review', '.message', '.note'].map((end) => ({
        ...{ artefact: 'safety', id: `${signalId}${end}`, groupId: `safety:${signalId}` },
      })),
      { artefact: 'provenance', id: `${signalId}.told-2`, groupId: `safety:${signalId}` },
    ]);
    expect(projected.map(({ id, resource }) => [resource.resourceType, resource.id === id])).toStrictEqual([
      ...['Flag', 'Task', 'Communication', 'DocumentReference', 'Provenance'].map((type) => [type, true]),
    ]);
    expect(projectSignal(closedSignal, safetyContext)).toHaveLength(5);
  });
});
