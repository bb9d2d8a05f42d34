import { describe, expect, it } from 'vitest';
import { isOver, lastVisit } from '../../../src/homework/patient/last-visit.ts';
import type { Visit } from '../../../src/homework/patient/visit.ts';

const me = 'Practitioner/dr-okafor';
const asked = {
  at: '2026-03-25T19:10:00.000Z',
  timeZone: 'America/New_York',
  me: [me, 'PractitionerRole/okafor-anxiety'],
  authors: ['Practitioner/dr-lindqvist'],
};
const visit = (name: string, start: string, more: Partial<Visit> = {}): Visit => ({
  ...{ reference: `Encounter/${name}`, start: `${start}:00.000Z`, status: 'finished', said: 'time' },
  ...{ setting: 'AMB', care: [], people: [{ reference: me, name: 'Dr. Okafor' }], ...more },
});
const by = (reference: string) => ({ people: [{ reference }] });
const nobody = { people: [] };
const taken = (visits: readonly Visit[], more: object = {}) => {
  const found = lastVisit(visits, { ...asked, ...more });
  return found === undefined ? undefined : [found.visit.reference.slice('Encounter/'.length), found.because];
};
const week = visit('last-week', '2026-03-18T19:00');

describe('the last visit is none', () => {
  it.each<[string, Visit, object?]>([
    ['that began ten minutes ago', visit('now', '2026-03-25T19:00', { status: 'in-progress' })],
    ['that is going on and that the launch named', visit('now', '2026-03-24T19:00'), { launched: 'Encounter/now' }],
    ['that its EHR has closed already, today', visit('now', '2026-03-25T19:00', { end: '2026-03-25T19:05:00.000Z' })],
    ['of this morning', visit('now', '2026-03-25T13:00', { end: '2026-03-25T14:00:00.000Z' })],
    ['of which the EHR says no more than today', visit('now', '2026-03-25T04:00', { said: 'day' })],
    ['that ends later', visit('now', '2026-03-23T19:00', { end: '2026-03-26T19:00:00.000Z' })],
    ['of tomorrow', visit('tomorrow', '2026-03-26T19:00')],
    [
      'that began before midnight and has no end',
      visit('night', '2026-03-25T03:30'),
      { at: '2026-03-25T04:30:00.000Z' },
    ],
    ['of a month of which no day is said', visit('march', '2026-03-20T04:00', { said: 'vague' })],
    ['in an emergency department', visit('ed', '2026-03-20T19:00', { setting: 'EMER', ...nobody })],
    ['of a stay that goes on', visit('stay', '2026-03-20T19:00', { setting: 'IMP', status: 'in-progress' })],
    ['of a dermatologist', visit('skin', '2026-03-20T19:00', by('Practitioner/skin'))],
    ['of a blood draw', visit('blood', '2026-03-20T19:00', { ...nobody, care: ['type||Venipuncture'] })],
  ])('%s', (_, other, more = {}) => {
    expect(taken([other, week], more)).toEqual(['last-week', 'own']);
  });
});

describe('the last visit is one', () => {
  it('in which the clinician took part in another of their roles', () => {
    const role = visit('role', '2026-03-20T19:00', by('PractitionerRole/okafor-anxiety'));
    expect(taken([role, week])).toEqual(['role', 'own']);
  });

  it('that nobody closed', () => {
    expect(taken([visit('open', '2026-03-20T19:00', { status: 'in-progress' }), week])).toEqual(['open', 'own']);
  });

  it('of yesterday evening, seen early this morning', () => {
    const evening = visit('evening', '2026-03-24T23:00', { end: '2026-03-25T00:00:00.000Z' });
    expect(taken([evening, week], { at: '2026-03-25T10:00:00.000Z' })).toEqual(['evening', 'own']);
  });

  it('of who made the plan, when the clinician has had none', () => {
    const skin = visit('skin', '2026-03-20T19:00', by('Practitioner/skin'));
    const colleague = visit('colleague', '2026-03-18T19:00', by('Practitioner/dr-lindqvist'));
    expect(taken([skin, colleague])).toEqual(['colleague', 'of-the-plans']);
  });

  it.each<[string, readonly string[], readonly string[], string | undefined]>([
    ['the same service', ['service|s|psych', 'type|t|new'], ['service|s|psych', 'type|t|follow-up'], 'before'],
    ['the same type, where no service is said', ['type|t|psych'], ['type|t|psych'], 'before'],
    [
      'a follow-up of another service',
      ['service|s|skin', 'type|t|follow-up'],
      ['service|s|psych', 'type|t|follow-up'],
      undefined,
    ],
    ['nothing that can be compared', ['service|s|psych'], ['type|t|psych'], undefined],
  ])('of the same care as the one that is going on: %s', (_, care, current, expected) => {
    const now = visit('now', '2026-03-25T19:00', { status: 'in-progress', care: current });
    const before = visit('before', '2026-03-18T19:00', { ...by('Practitioner/unknown'), care });
    expect(taken([now, before])).toEqual(expected === undefined ? undefined : [expected, 'same-care']);
  });

  it('that can be seen, where the EHR says nothing of who or what', () => {
    const bare = { ...nobody, care: [] };
    const { setting: _unsaid, ...unset } = visit('bare', '2026-03-18T19:00', bare);
    expect(taken([visit('now', '2026-03-25T19:00', bare), unset])).toEqual(['bare', 'seen']);
  });

  it('but not one that is plainly of other care, though nobody is named in it', () => {
    const now = visit('now', '2026-03-25T19:00', { status: 'in-progress', care: ['type||Psychotherapy'] });
    expect(
      taken([now, visit('blood', '2026-03-20T19:00', { ...nobody, care: ['type||Venipuncture'] })]),
    ).toBeUndefined();
  });
});

it.each([
  ['2026-03-25T03:30:00.000Z', false],
  ['2026-03-24T18:00:00.000Z', false],
  ['2026-03-24T03:30:00.000Z', true],
])('the day is the patient’s, not the one in Greenwich: %s', (start, over) => {
  const at = '2026-03-25T03:50:00.000Z';
  const end = new Date(Date.parse(start) + 600_000).toISOString();
  expect(isOver(visit('x', start.slice(0, 16), { end }), { ...asked, at, launched: undefined })).toBe(over);
});
