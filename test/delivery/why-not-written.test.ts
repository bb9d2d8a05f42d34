import { describe, expect, it } from 'vitest';
import type { ClaimedRow } from '../../src/delivery/claimed-group.ts';
import { decideSending } from '../../src/delivery/decide-sending.ts';
import type { PatientContext, SendingContext } from '../../src/delivery/sending-context.ts';
import { generic } from '../../src/ehr/vendors/generic.ts';
import type { ReasonCode, RowReason } from '../../src/homework/ledger/row-reason.ts';
import type { Artefact } from '../../src/homework/model.ts';
import type { LandingRow } from '../../src/landing/landing-row.ts';
import type { VendorTraits } from '../../src/landing/vendor-traits.ts';

const row = (more: Partial<ClaimedRow> = {}): ClaimedRow => ({
  ...{ artefact: 'measure', id: 'm-1', resourceType: 'Observation', name: 'Observation/m-1', wanted: 1, landed: 0 },
  ...{ state: 'pending', ehrReference: null, ehrVersion: null, withdraw: false, lastStatus: null, doubtAt: null },
  content: '{"id":"m-1","resourceType":"Observation","status":"final","code":{"coding":[{"system":"x","code":"y"}]}}',
  references: [],
  ...more,
});

interface Chart {
  readonly landing?: Partial<LandingRow>;
  readonly report?: LandingRow['landing'];
  readonly traits?: Partial<VendorTraits>;
  readonly updates?: boolean;
  readonly encounter?: PatientContext['encounter'];
  readonly unresolved?: boolean;
}

/** What becomes of a row in this chart; undefined: it is written. */
function reasonFor(claimed: ClaimedRow, chart: Chart = {}) {
  const { landing, report = 'app-only', traits, updates = true, encounter, unresolved = false } = chart;
  const own: LandingRow = {
    ...{ artefact: claimed.artefact, landing: 'native', identity: 'system', reason: 'It can be created here.' },
    ...{ toImprove: null, writes: [], ...landing },
  };
  const landings = new Map<Artefact, LandingRow>([[claimed.artefact, own]]);
  if (claimed.artefact !== 'report') landings.set('report', { ...own, artefact: 'report', landing: report });
  const interactions = { [claimed.resourceType]: ['create', ...(updates ? ['update'] : [])] };
  const context: SendingContext = {
    landings,
    capabilities: { interactions, conditionalCreate: {}, conditionalUpdate: {}, system: [], searchParams: {} },
    traits: { ...generic, ...traits },
    observationRows: {},
  };
  const decided = decideSending(claimed, unresolved, context, {
    carriers: [],
    ...(encounter === undefined ? {} : { encounter }),
  });
  return 'result' in decided ? decided.result : undefined;
}

const cases: readonly (readonly [what: string, row: ClaimedRow, chart: Chart, state: string, why: RowReason])[] = [
  [
    'what is withdrawn and has landed',
    row({ withdraw: true, landed: 3, ehrReference: 'Observation/7' }),
    {},
    'withdrawn',
    { code: 'stands-there', version: 3 },
  ],
  ['what is withdrawn and was never sent', row({ withdraw: true }), {}, 'withdrawn', { code: 'never-sent' }],
  ['what this EHR has no place for', row(), { landing: { landing: 'app-only' } }, 'landed', { code: 'app-only' }],
  [
    'a signal’s Flag where it goes by message',
    row({ artefact: 'safety', resourceType: 'Flag' }),
    { landing: { landing: 'communication', channels: [{ type: 'Communication', identity: 'system' }] } },
    'landed',
    { code: 'other-channels', type: 'Flag', channels: ['Communication'] },
  ],
  ['what the report tells', row(), { landing: { landing: 'note' } }, 'waiting', { code: 'report' }],
  [
    'a log that a message tells',
    row({ artefact: 'log', resourceType: 'QuestionnaireResponse' }),
    { landing: { landing: 'communication' } },
    'waiting',
    { code: 'report' },
  ],
  ['what the record makes no more', row({ content: null }), {}, 'rejected', { code: 'no-resource' }],
  [
    'what is preliminary, where only what is final is filed',
    row({ content: '{"id":"m-1","resourceType":"Observation","status":"preliminary","code":{}}' }),
    { landing: { landing: 'observation' } },
    'waiting',
    { code: 'final' },
  ],
  [
    'a measure without a row of the customer’s',
    row(),
    { landing: { landing: 'observation' }, traits: { observationRowsOnly: true } },
    'landed',
    { code: 'no-row' },
  ],
  [
    'the same where a report can tell it',
    row(),
    { landing: { landing: 'observation' }, traits: { observationRowsOnly: true }, report: 'note' },
    'waiting',
    { code: 'report' },
  ],
  [
    'a change that this EHR takes no update for',
    row({ landed: 2, ehrReference: 'Observation/7' }),
    { updates: false },
    'rejected',
    { code: 'no-update', type: 'Observation', version: 2 },
  ],
  [
    'what must name an encounter, and none is open',
    row(),
    {
      traits: { needsEncounter: ['Observation'] },
      encounter: { waits: { code: 'encounter', rule: 'latest-open' }, comesBack: true },
    },
    'waiting',
    { code: 'encounter', rule: 'latest-open' },
  ],
  [
    'what only a person may write, and nobody is there',
    row(),
    { landing: { identity: 'delegated' } },
    'waiting',
    { code: 'person' },
  ],
];

describe('why a row is not written now', () => {
  it.each(cases)('is said of %s', (_what, claimed, chart, state, why) => {
    expect(reasonFor(claimed, chart)).toMatchObject({ state, why });
  });

  it('is nothing, of what is written', () => {
    expect(reasonFor(row())).toBeUndefined();
    // what an earlier attempt left open is looked for first, withdrawn or not
    expect(reasonFor(row({ withdraw: true }), { unresolved: true })).toBeUndefined();
    expect(
      reasonFor(row({ landed: 2, ehrReference: 'Observation/7' }), { updates: false, unresolved: true }),
    ).toBeUndefined();
  });

  it('has the landing table’s own words where the chart has no place for it, and none otherwise', () => {
    for (const [, claimed, chart, , why] of cases) {
      const words = why.code === ('app-only' satisfies ReasonCode) ? 'It can be created here.' : null;
      expect(reasonFor(claimed, chart)?.words).toBe(words);
    }
  });
});
