import { describe, expect, it } from 'vitest';
import { IntersessionError } from '../../../src/foundation/intersession-error.ts';
import { type AddReport, addReport, nextReportVersion } from '../../../src/homework/report/add-report.ts';
import { aFiled, aState, feb, noContent } from './report-state.ts';

const command = (changes: Partial<AddReport> = {}): AddReport => ({
  ...{ id: 'r1', version: 1, from: feb(1), to: feb(7), text: 'words\n[IS:r1:v1]', members: [], content: noContent },
  ...changes,
});

it('a report is filed as it was written, of its plan and patient', () => {
  const signed = { signedBy: 'Practitioner/1', encounter: 'Encounter/1', via: 'product', author: 'Practitioner/2' };
  const { reports } = addReport(aState(), command(signed), feb(7, '12:30'));
  expect(reports).toEqual([{ ...command(signed), planId: 'p', patientId: 'ada', createdAt: feb(7, '12:30') }]);
});

it('its next version stands in its place, and others stay', () => {
  const state = aState({ reports: [aFiled(), aFiled({ id: 'r2' })] });
  expect([nextReportVersion(state, 'r1'), nextReportVersion(state, 'r9')]).toEqual([2, 1]);
  const second = addReport(state, command({ version: 2, text: '[IS:r1:v2] \n' }), feb(8));
  expect(second.reports.map(({ id, version, createdAt }) => [id, version, createdAt])).toEqual([
    ['r1', 2, feb(8)],
    ['r2', 1, feb(7, '12:30')],
  ]);
});

describe('a report is refused', () => {
  const issue = (path: string, problem: string) => [
    'invalid-request',
    { issues: [{ path, problem }] },
    `${path} ${problem}`,
  ];
  const noMarker = issue('text', 'does not end with its marker line');
  it.each<[Partial<AddReport>, readonly unknown[]]>([
    [{ version: 2 }, ['version-conflict', { id: 'r1', expected: 2, actual: 1 }, "the report's next version is 1"]],
    [{ to: feb(1) }, issue('to', 'is not after the begin of the period')],
    [{ from: feb(9) }, issue('to', 'is not after the begin of the period')],
    [{ text: 'words' }, noMarker],
    [{ text: '[IS:r1:v2]' }, noMarker],
    [{ text: '[IS:r2:v1]' }, noMarker],
    [{ text: '[IS:r1:v1] and more' }, noMarker],
  ])('%j', (changes, expected) => {
    let refused: unknown;
    try {
      addReport(aState(), command(changes), feb(7));
    } catch (error) {
      if (error instanceof IntersessionError) refused = [error.code, error.fields, error.message];
    }
    expect(refused).toEqual(expected);
  });
});
