import { describe, expect, it } from 'vitest';
import { ownNotices } from '../../smart-app/src/words/own-standing-words.ts';
import { staffNotices } from '../../smart-app/src/words/patient-standing-words.ts';
import type { StandingView } from '../../src/contract/app/patient-homework.ts';

const place = { timeZone: 'America/New_York', language: 'en-US' };
const staff = 'staff';
const patient = 'patient';
const noticesOf = (standing: StandingView | undefined, reader: string) =>
  reader === patient ? ownNotices(standing) : staffNotices(standing, place);
const words = (standing: StandingView | undefined, reader: string) =>
  noticesOf(standing, reader).map(({ title, words: said }) => `${title}. ${said}`);

describe('what is said of a patient who is not as usual in the EHR', () => {
  it('nothing where there is nothing to say', () => {
    expect(noticesOf(undefined, staff)).toEqual([]);
    expect(noticesOf({ state: 'current', confirmed: false }, patient)).toEqual([]);
  });

  it.each(['merged', 'inactive', 'gone'] as const)('%s, to staff', (state) => {
    expect(words({ state, confirmed: false }, staff)).toHaveLength(1);
  });

  it('a merge names the survivor to staff and nobody to the patient, before and after it is confirmed', () => {
    const before = { state: 'merged', survivorId: 'new-1', confirmed: false } as const;
    expect(words(before, staff)[0]).toMatch(/Patient\/new-1.*integration team has confirmed/);
    expect(words({ ...before, confirmed: true }, staff)[0]).toMatch(/now stands with the record Patient\/new-1/);
    expect(words(before, patient)[0]).not.toContain('new-1');
    expect(words({ ...before, confirmed: true }, patient)[0]).toMatch(/open Intersession again/);
  });

  it('a death, with the day when the EHR says it', () => {
    const died = (at?: string) =>
      ({ state: 'current', confirmed: false, deceased: at === undefined ? {} : { at } }) as const;
    expect(words(died(), staff)).toEqual([expect.stringMatching(/has died\. Nothing is overdue any more/)]);
    expect(words(died('2026-03-02T00:00:00.000Z'), staff)[0]).toMatch(/Mar 2/);
    expect(words(died('2026-03-03T03:30:00.000Z'), staff)[0]).toMatch(/Mar 2/);
    // on the patient’s own phone it is no death, and nothing is asked
    for (const standing of [died(), died('2026-03-02T00:00:00.000Z'), { ...died(), state: 'inactive' } as const]) {
      expect(words(standing, patient)).toEqual([expect.stringMatching(/not active.*call your clinic/)]);
      expect(words(standing, patient)[0]).not.toMatch(/died|death|this patient|overdue/);
    }
  });
});
