import { beforeAll, describe, expect, it } from 'vitest';
import { currentVersion } from '../../../src/kinds/kind.ts';
import { registeredKinds } from '../../../src/kinds/registry.ts';
import { canonicalText, differences } from './canonical-text.ts';
import { opened, type Told } from './crawl-doors.ts';
import { marks, type Twin } from './tellings.ts';
import { openTwinClinic, type TwinClinic } from './twin-clinic.ts';

/** Two clinics that are the same but for what patients keep to themselves, in logs of every kind. */
let clinics: Readonly<Record<Twin, TwinClinic>>;
beforeAll(async () => {
  clinics = { first: await openTwinClinic('first'), second: await openTwinClinic('second') };
}, 600_000);

const twins = ['first', 'second'] as const;
const own = 'patient: /patient';
/** Of a door that is at random, or says how long things took. */
const notCompared = [own, 'nobody: /metrics', 'nobody: log'];
const canonicalOf = ({ texts }: Told): string => texts.map(canonicalText).join('\n');
const said = ({ texts, headers }: Told): string => [...texts.map(opened), ...headers].join('\n');

describe('an answer of any kind that the patient keeps to themself', () => {
  it('has been given: of every kind all of a log, and parts of it, are kept', () => {
    for (const twin of twins) {
      const { logs } = clinics[twin];
      for (const { slug } of registeredKinds.kinds) {
        const ofKind = logs.filter(({ kind }) => kind === slug);
        expect([slug, new Set(ofKind.map(({ telling }) => telling)).size >= 3]).toEqual([slug, true]);
      }
    }
    const kept = twins.map((twin) => clinics[twin].logs.map(({ kind, kept: answers }) => [kind, answers]));
    expect(kept[0]).not.toEqual(kept[1]);
  });

  it('has raised a signal where it is a risk answer', () => {
    const declared = registeredKinds.kinds.flatMap((kind) => currentVersion(kind).safety ?? []);
    // a rise is no answer of one log
    const rules = declared.filter(({ test }) => test.type !== 'rise').map(({ rule }) => rule);
    expect(rules.length).toBeGreaterThan(5);
    for (const twin of twins) {
      const told = clinics[twin].told.get('gamma: /safety-signals');
      const raised = told === undefined ? '' : said(told);
      expect([...new Set(rules)].filter((rule) => !raised.includes(`"rule":"${rule}"`))).toEqual([]);
    }
  });

  it('is on the patient’s own page, its numbers and choices, too', () => {
    const pages = twins.map((twin) => {
      const told = clinics[twin].told.get(own);
      expect(told && said(told)).toContain(marks[twin]);
      return told === undefined ? '' : canonicalOf(told).replaceAll(marks[twin], '');
    });
    expect(differences(pages[0] ?? '', pages[1] ?? '')).not.toEqual([]);
  });

  it('stands in words at no other door, nor in the process’s log', () => {
    for (const twin of twins) {
      const places = [...clinics[twin].told].filter(([, told]) => said(told).includes(marks[twin]));
      expect(places.map(([place]) => place)).toEqual([own]);
    }
  });

  it('makes no difference at any door: no number, score, choice or word of it is told', () => {
    const [first, second] = twins.map((twin) => clinics[twin].told);
    expect([...(first?.keys() ?? [])]).toEqual([...(second?.keys() ?? [])]);
    const compared = [...(first ?? [])].filter(
      ([place]) => !notCompared.includes(place) && !place.endsWith('/copy-key'),
    );
    expect(compared.length).toBeGreaterThan(40);
    const found = compared.map(([place, told]) => {
      const other = second?.get(place);
      return [place, other === undefined ? ['nothing'] : differences(canonicalOf(told), canonicalOf(other))];
    });
    expect(found.filter(([, lines]) => lines?.length !== 0)).toEqual([]);
  });

  it('makes no difference in the EHR', () => {
    const [first = [], second = []] = twins.map((twin) => clinics[twin].atTheEhr.map(canonicalText));
    expect(first.length).toBeGreaterThan(500);
    // how often each was written turns on the order of their ids
    const [inFirst, inSecond] = [new Set(first), new Set(second)];
    expect(first.filter((resource) => !inSecond.has(resource)).slice(0, 3)).toEqual([]);
    expect(second.filter((resource) => !inFirst.has(resource)).slice(0, 3)).toEqual([]);
    for (const twin of twins) expect(clinics[twin].atTheEhr.map(opened).join('\n')).not.toContain(marks[twin]);
  });

  it('is not said back where it is refused, and answers are refused by name', () => {
    for (const twin of twins) {
      for (const [kind, { status, text }] of clinics[twin].refusals) {
        expect([kind, status]).toEqual([kind, 422]);
        expect([kind, text.replaceAll(`${marks[twin]}-nowhere`, '').includes(marks[twin])]).toEqual([kind, false]);
      }
    }
  });

  it('is in the operator’s export, which is the record itself', () => {
    for (const twin of twins) expect(clinics[twin].archive).toContain(marks[twin]);
  });
});
