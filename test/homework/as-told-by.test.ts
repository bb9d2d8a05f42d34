import { describe, expect, it } from 'vitest';
import { safetyNoteText } from '../../src/fhir/safety-note-text.ts';
import { asToldBy } from '../../src/homework/as-told-by.ts';
import type { PlanState } from '../../src/homework/model.ts';
import { needsPerson, needsSignedIn } from '../../src/homework/needs-person.ts';
import { makeMove } from '../../src/homework/plan/make-move.ts';
import { reportContent } from '../../src/homework/report/report-content.ts';
import { reportText } from '../../src/homework/report/report-text.ts';
import type { SafetyEvidence, SafetySignal } from '../../src/homework/safety/safety-signal.ts';
import { registeredKinds } from '../../src/kinds/registry.ts';
import { wordingOfKinds } from '../../src/record/use-cases/report-wording.ts';
import { rules } from '../app/apply-write.ts';
import { readFixture } from '../app/read-fixture.ts';

const state = readFixture<PlanState>('sarah-at-the-visit');
const name = 'Homework product (demo)';
const sourceName = (clientId: string) => (clientId === 'product' ? name : clientId);
const to = '2026-03-25T19:00:00.000Z';
const okafor = 'Practitioner/dr-okafor';

describe('the words beside a person whom a source system named', () => {
  it('are its name, on one line, or its client id when it is not registered any more', () => {
    expect(asToldBy({ via: 'product' }, sourceName)).toBe(`, as told by ${name}`);
    expect(asToldBy({ via: 'gone' }, sourceName)).toBe(', as told by gone');
    expect(asToldBy({ via: 'product' })).toBe(', as told by product');
    expect(asToldBy({ via: 'x' }, () => 'A\n  name ')).toBe(', as told by A name');
    expect(asToldBy({}, sourceName)).toBe('');
  });

  it('stand in the report at each of them, and nowhere else', () => {
    const [log] = state.logs;
    const of = { planId: state.plan.id, patientId: state.plan.patientId };
    const textOf = (told: { readonly via?: string }) =>
      reportText(
        reportContent(
          {
            ...state,
            reports: [],
            logs: state.logs.map((entry) =>
              entry === log ? { ...entry, ...told, source: { type: 'practitioner', reference: okafor } } : entry,
            ),
            barriers: [
              { ...of, id: 'b', code: 'fear', saidBy: okafor, recordedAt: '2026-03-20T10:00:00.000Z', ...told },
            ],
            feedback: [
              { ...of, id: 'f', author: okafor, text: 'Well done', sentAt: '2026-03-20T10:00:00.000Z', ...told },
              { ...of, id: 'g', author: 'patient', text: 'Thanks', sentAt: '2026-03-20T11:00:00.000Z', ...told },
            ],
          },
          { ...wordingOfKinds(registeredKinds), sourceName, from: state.plan.createdAt, to, members: [] },
        ),
      ).replace(/\s+/g, ' ');
    const text = textOf({ via: 'product' });
    expect(text).toContain(`written down by a clinician, as told by ${name}; not talked over yet`);
    expect(text).toContain(`clinician, as told by ${name}: "Well done"`);
    expect(text).toContain(`patient, as told by ${name}: "Thanks"`);
    expect(text.split(`as told by ${name}`)).toHaveLength(5);
    expect(textOf({})).not.toContain('told by');
  });

  it('stand in the note about a safety signal, and say who closed it where a system told of a merge', () => {
    const { id: planId, patientId } = state.plan;
    const note = (evidence: SafetyEvidence, closed: Partial<SafetySignal> = {}) =>
      safetyNoteText(
        {
          ...{
            id: 's',
            patientId,
            planId,
            rule: 'other-concern',
            ordinal: 1,
            status: 'open',
            raisedAt: to,
            version: 1,
          },
          ...{ evidence: [evidence], ...closed },
        },
        { tenantName: 'Clinic', sensitivity: 'MH', timeZone: 'UTC', language: 'en-US', sourceName },
      );
    const person = { type: 'person', reference: okafor } as const;
    expect(note({ at: to, by: person, via: 'product' })).toContain(`reported by a person, as told by ${name}`);
    expect(note({ at: to, by: person })).toMatch(/reported by a person\n/);
    expect(note({ at: to, by: { type: 'patient' }, via: 'product', logId: 'l', value: true })).toContain(
      `written by the patient, as told by ${name} (answer: yes)`,
    );
    expect(note({ at: to, by: { type: 'system', clientId: 'product' }, via: 'product' })).toContain(
      `reported by ${name}\n`,
    );
    const closed = { closedAt: to, closedBy: okafor, closeReason: 'merged', closedVia: 'product' } as const;
    expect(note({ at: to, by: person }, closed)).toContain(`by ${okafor}, as told by ${name}: merged`);
  });
});

describe('a move that a source system tells', () => {
  const assignmentId = state.assignments.find(({ key }) => key === '4c')?.id ?? '';
  const event = { type: 'withdraw', actor: okafor, reason: 'Too much' } as const;
  const stepIn = (after: PlanState) => after.assignments.find(({ id }) => id === assignmentId);

  it('is kept with whom it named, and gives way to the next that a person makes', () => {
    const told = makeMove(state, { assignmentId, event, via: 'product' }, to, rules);
    expect(stepIn(told)?.toldMove).toEqual({ event: 'withdraw', at: to, via: 'product', by: okafor });
    const mistake = makeMove(told, { assignmentId, event: { type: 'mistake' } }, to, rules);
    expect(stepIn(mistake)).not.toHaveProperty('toldMove');
    expect(stepIn(makeMove(state, { assignmentId, event }, to, rules))).not.toHaveProperty('toldMove');
  });
});

describe('the table of what needs a person', () => {
  it('asks for one who is signed in for closing, signing, approving and accepting, and says why of each', () => {
    const signedIn = Object.keys(needsPerson).filter((act) => needsSignedIn(act as keyof typeof needsPerson));
    expect(signedIn.sort()).toEqual(['closeSafetySignal', 'move accept-as-done', 'move unlock', 'signReport']);
    for (const { because } of Object.values(needsPerson)) expect(because.length).toBeGreaterThan(20);
  });
});
