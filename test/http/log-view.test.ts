import { expect, it } from 'vitest';
import { logShape } from '../../src/contract/log.ts';
import type { AnswerItem, Log } from '../../src/homework/model.ts';
import { logView } from '../../src/http/api/log-view.ts';

const text = (linkId: string, ...values: string[]): AnswerItem => ({
  linkId,
  answers: values.map((value) => ({ type: 'string', value })),
  items: [],
});

it('shows answers by linkId without their groups, and of withheld ones only the name, wherever they stand', () => {
  const log: Log = {
    id: 'l',
    planId: 'p',
    assignmentId: 'a',
    patientId: 'sarah',
    resolution: 'ad-hoc',
    questionnaire: 'https://x/Questionnaire/q|1',
    status: 'completed',
    performedAt: '2026-03-02T15:00:00.000Z',
    authored: '2026-03-02T15:00:00.000Z',
    source: { type: 'patient' },
    items: [
      text('situation', 'meeting'),
      { linkId: 'during', answers: [], items: [text('thoughts', 'SECRET'), text('skills', 'breath', 'pause')] },
      {
        linkId: 'reading',
        instance: 'r1',
        answers: [],
        items: [{ linkId: 'suds', answers: [{ type: 'integer', value: 60 }], items: [] }],
      },
      { linkId: 'reading', instance: 'r2', answers: [], items: [text('note', 'SECRET')] },
    ],
    withheld: ['thoughts', 'note'],
  };
  const view = logShape.parse(logView(log, { sources: [] }));
  expect(view.answers).toEqual({
    situation: 'meeting',
    skills: ['breath', 'pause'],
    reading: { r1: { suds: 60 }, r2: {} },
  });
  expect(view.withheld).toEqual(['thoughts', 'note']);
  expect(JSON.stringify(view)).not.toContain('SECRET');
});
