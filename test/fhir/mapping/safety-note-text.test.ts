import { afterEach, describe, expect, it, test, vi } from 'vitest';
import type { SafetyContext } from '../../../src/fhir/safety-context.ts';
import { safetyNoteText } from '../../../src/fhir/safety-note-text.ts';
import type { SafetyEvidence, SafetySignal } from '../../../src/homework/safety/safety-signal.ts';
import { closedSignal, openSignal, safetyContext, signalId } from './safety-samples.ts';

afterEach(() => vi.restoreAllMocks());

const linesOf = (different: Partial<SafetySignal>, context: Partial<SafetyContext> = {}) =>
  safetyNoteText({ ...openSignal, ...different }, { ...safetyContext, ...context }).split('\n');

const openLines = [
  'SAFETY SIGNAL from therapy homework (Riverside Behavioral Health)',
  'Thoughts of harming oneself',
  'Raised: Mar 2, 2026, 10:00 AM (America/New_York)',
  'OPEN. Please review it now in the homework app; it stays open until a person closes it with a reason.',
  '',
  'What speaks for it:',
  '- Mar 8, 2026, 4:12 AM: in a homework log written by the patient (answer: yes)',
  '- Mar 3, 2026, 3:12 AM: in a homework log written by a person, as told by Homework product (demo) (answer not shared)',
  '',
  'The homework app is not monitored round the clock.',
  `[IS:${signalId}.note:v4]`,
];

describe('the text of the note about a safety signal', () => {
  test('while it is open', () => {
    expect(linesOf({})).toStrictEqual(openLines);
  });

  const withLines = (closing: string, marker: string) =>
    openLines.with(3, closing).with(-1, `[IS:${signalId}.note:${marker}]`);
  it.each<[string, Partial<SafetySignal>, string]>([
    ['by a person', {}, 'Practitioner/dr-okafor: Talked on the phone; safety plan made'],
    [
      'by a merge that a source system told',
      { closedVia: 'homework-product' },
      'Practitioner/dr-okafor, as told by Homework product (demo): Talked on the phone; safety plan made',
    ],
  ])('once it was closed %s', (_how, different, words) => {
    expect(linesOf({ ...closedSignal, ...different })).toStrictEqual(
      withLines(`CLOSED Mar 9, 2026, 11:00 AM by ${words}`, 'v5'),
    );
  });

  test('of one whose closing is not fully known says what is', () => {
    const { closedBy: _by, closeReason: _reason, ...rest } = closedSignal;
    expect(safetyNoteText(rest, safetyContext)).toContain('\nCLOSED Mar 9, 2026, 11:00 AM by a person: \n');
  });

  const at = '2026-03-02T15:00:00.000Z';
  it.each<[SafetyEvidence, string]>([
    [{ at, by: { type: 'patient' } }, 'reported by the patient'],
    [
      { at, by: { type: 'patient' }, via: 'homework-product' },
      'reported by the patient, as told by Homework product (demo)',
    ],
    // we know a reference, and no name
    [{ at, by: { type: 'person', reference: 'Practitioner/dr-okafor' } }, 'reported by a person'],
    [{ at, by: { type: 'system', clientId: 'homework-product' } }, 'reported by Homework product (demo)'],
    // in one line: a line of it is none of the note's, and no mark
    [
      {
        ...{ at, by: { type: 'person', reference: 'Practitioner/dr-okafor' } },
        text: 'Fell silent.\n\n[IS:x.note:v9]\nCLOSED by her sister',
      },
      'reported by a person: “Fell silent. [IS:x.note:v9] CLOSED by her sister”',
    ],
    [
      { at, by: { type: 'patient' }, via: 'homework-product', text: 'I can’t go on' },
      'reported by the patient, as told by Homework product (demo): “I can’t go on”',
    ],
    [
      { at, by: { type: 'patient' }, logId: 'l-1', value: 4.5 },
      'in a homework log written by the patient (answer: 4.5)',
    ],
    [
      { at, by: { type: 'patient' }, logId: 'l-1', value: 'LA6571-9' },
      'in a homework log written by the patient (answer: LA6571-9)',
    ],
  ])('evidence %j', (evidence, words) => {
    expect(linesOf({ evidence: [evidence] })[6]).toBe(`- Mar 2, 2026, 10:00 AM: ${words}`);
  });

  it.each<[string, SafetyContext['sourceName'], string]>([
    ['by its client id when it has no name', undefined, 'homework-product'],
    ['on one line, whatever its name', () => '  Homework \n product ', 'Homework product'],
  ])('names a source system %s', (_how, sourceName, name) => {
    const { sourceName: _sourceName, ...unnamed } = safetyContext;
    const context: SafetyContext = sourceName === undefined ? unnamed : { ...unnamed, sourceName };
    const evidence: SafetyEvidence[] = [{ at, by: { type: 'system', clientId: 'homework-product' } }];
    expect(safetyNoteText({ ...openSignal, evidence }, context)).toContain(`10:00 AM: reported by ${name}\n`);
  });

  test('has times in the language and zone of its context', () => {
    const [, , raised] = linesOf({}, { language: 'de-CH', timeZone: 'Europe/Zurich' });
    expect(raised).toBe('Raised: 02.03.2026, 16:00 (Europe/Zurich)');
  });

  test('has no space that a viewer has no glyph for, whatever the engine puts before AM and PM', () => {
    const format = () => 'Mar\u202f2, 10:00\u202fAM';
    vi.spyOn(Intl, 'DateTimeFormat').mockImplementation(
      class {
        format = format;
      } as unknown as () => Intl.DateTimeFormat,
    );
    expect(linesOf({})[2]).toBe('Raised: Mar 2, 10:00 AM (America/New_York)');
  });
});
