import { describe, expect, it } from 'vitest';
import type { KnownReference } from '../../src/delivery/load-references.ts';
import { needsPerson } from '../../src/delivery/needs-of-group.ts';
import type { Artefact } from '../../src/homework/model.ts';
import { claimedGroup, claimedRow, plan, sendingContext } from './claimed.ts';
import { decide } from './decide.ts';

/** What a log that names these, of which none stands there, waits for. */
function why(...named: readonly [artefact: Artefact, state: KnownReference['state']][]) {
  const places = named.map(([artefact, state], n) => [`Task/t${n}`, { ours: true, artefact, state }] as const);
  const partOf = places.map(([reference]) => ({ reference }));
  const row = claimedRow({ artefact: 'log', id: 'l1', resourceType: 'QuestionnaireResponse' }, { partOf });
  const references = new Map(places.map(([name, known]) => [name, { ...known, ehrReference: null }]));
  return plan(claimedGroup([row]), sendingContext(), undefined, references).settled.map((result) => result.why);
}

describe('what a row waits for', () => {
  it.each<Artefact>(['plan', 'assignment', 'occurrence'])('is its plan, where that lacks its %s', (artefact) => {
    expect(why([artefact, 'pending'])).toEqual([{ code: 'plan', missing: [{ artefact, state: 'pending' }] }]);
  });

  it.each<Artefact>(['log', 'feedback', 'safety'])('is what it refers to, where that is a %s', (artefact) => {
    expect(why([artefact, 'rejected'])).toEqual([{ code: 'referenced', missing: [{ artefact, state: 'rejected' }] }]);
  });

  it('is what it refers to, where that is more than the plan', () => {
    expect(why(['plan', 'pending'], ['log', 'pending'])).toMatchObject([{ code: 'referenced' }]);
  });

  it('is each thing once, by what it is and how it stands', () => {
    const [reason] = why(
      ['plan', 'pending'],
      ['assignment', 'pending'],
      ['assignment', 'waiting'],
      ['plan', 'pending'],
    );
    expect(reason).toEqual({
      code: 'plan',
      missing: [
        { artefact: 'plan', state: 'pending' },
        { artefact: 'assignment', state: 'pending' },
        { artefact: 'assignment', state: 'waiting' },
      ],
    });
  });

  it('is nothing that has no state: nobody wants it there', () => {
    expect(why(['plan', null])).toEqual([]);
  });
});

describe('what the landing table does not know', () => {
  it('needs nobody', () => {
    const context = { ...sendingContext(), landings: new Map() };
    expect(needsPerson({ rows: [claimedRow()] }, context)).toBe(false);
  });
});

describe('what stays in the app', () => {
  it('says why in the words of the landing table', () => {
    const landings = { assignment: { landing: 'app-only' as const, reason: 'this EHR has no place for it' } };
    const [result] = plan(claimedGroup([claimedRow()]), sendingContext({ landings })).settled;
    expect(result).toMatchObject({ state: 'landed', words: 'this EHR has no place for it' });
    expect(plan(claimedGroup([claimedRow()]), { ...sendingContext(), landings: new Map() }).settled).toMatchObject([
      { state: 'landed', words: null },
    ]);
  });
});

describe('a note or a measure that is none', () => {
  const attachment = { contentType: 'text/plain', data: 'eA==' };
  const note = (resource: object) => claimedRow({ artefact: 'report', resourceType: 'DocumentReference' }, resource);

  it('is an error of ours', () => {
    expect(() => decide(note({ content: { attachment } }))).toThrow('the report is no DocumentReference');
    expect(() => decide(note({ content: [{ attachment }], resourceType: 'Basic' }))).toThrow(TypeError);
    const measure = claimedRow(
      { artefact: 'measure', resourceType: 'Observation' },
      { resourceType: 'Basic', code: {} },
    );
    expect(() => decide(measure, { traits: { observationRowsOnly: true } })).toThrow('the measure is no Observation');
  });

  it('has no rendering of which nobody knows the type', () => {
    const [write] = plan(claimedGroup([note({ content: [{ attachment: { data: 'eA==' } }, { attachment }] })])).writes;
    expect(JSON.parse(write?.content ?? '').content).toEqual([{ attachment }]);
  });
});
