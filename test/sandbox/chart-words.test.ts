import { describe, expect, it } from 'vitest';
import { timeText } from '../../src/sandbox/chart/describe-time.ts';
import { describeReference } from '../../src/sandbox/chart/describe-value.ts';
import type { PatientRecord } from '../../src/sandbox/chart/patient-record.ts';

describe('a time in the chart', () => {
  it.each([
    ['2026-03-29T08:00:00Z', 'America/Chicago', 'Sun, Mar 29, 2026, 3:00 AM CDT'],
    ['2026-03-29T08:00:00Z', 'America/New_York', 'Sun, Mar 29, 2026, 4:00 AM EDT'],
    ['2026-01-05T08:00:00Z', 'UTC', 'Mon, Jan 5, 2026, 8:00 AM UTC'],
    // a day is a day wherever one is
    ['2026-03-29', 'America/Chicago', 'Mar 29, 2026'],
    ['2026-03', 'America/Chicago', '2026-03'],
  ])('%s in %s is %s', (value, zone, words) => {
    expect(timeText(value, zone)).toBe(words);
  });
});

describe('whom a reference names', () => {
  const people: Record<string, object> = {
    'Practitioner/dr-okafor': { resourceType: 'Practitioner', id: 'dr-okafor', name: [{ text: 'Dr. Adaeze Okafor' }] },
    'Task/17': { resourceType: 'Task', id: '17', description: 'Notice' },
  };
  const record = {
    follow: ({ reference }: { reference: string }) => people[reference],
  } as unknown as PatientRecord;
  it.each([
    [
      { reference: 'Practitioner/dr-okafor', display: 'Clinician, as told by Homework product (demo)' },
      'Dr. Adaeze Okafor (Clinician, as told by Homework product (demo))',
    ],
    [{ reference: 'Practitioner/dr-okafor', display: 'Dr. Adaeze Okafor, MD' }, 'Dr. Adaeze Okafor, MD'],
    [{ reference: 'Practitioner/dr-okafor' }, 'Dr. Adaeze Okafor'],
    [{ reference: 'Practitioner/gone', display: 'Clinician' }, 'Clinician'],
    [{ reference: 'Task/17', display: 'Step 1' }, 'Step 1'],
  ])('%j: %s', (reference, words) => {
    expect(describeReference(reference, record)).toBe(words);
  });
});
