import type { Extension, Flag } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { fromFlag } from '../../../src/fhir/from-flag.ts';
import { broken, expectRefusal, missing, type Refusal, unknownCode } from './broken.ts';

const ours = 'https://intersession.dev/fhir/StructureDefinition';
const at = (valueDateTime: string): Extension => ({ url: 'at', valueDateTime });
const evidence = (...extension: Extension[]): Extension => ({ url: `${ours}/safety-evidence`, extension });
const number = (valuePositiveInt: number): Extension => ({ url: 'number', valuePositiveInt });
const identifier = (identified: string, value: string) => ({
  system: `https://intersession.dev/id/${identified}`,
  value,
});
const byPatient: Extension = { url: 'by', valueCode: 'patient' };

/** Two of what speaks for it, the second first. */
const wire: Flag = {
  resourceType: 'Flag',
  id: '61',
  extension: [
    evidence({ url: 'by', valueString: 'product' }, at('2026-03-03T10:00:00-05:00'), number(2)),
    evidence(
      { url: 'value', valueDecimal: 3 },
      { url: 'linkId', valueString: 'thoughts' },
      { url: 'log', valueIdentifier: identifier('log', 'log-a') },
      { url: 'plan', valueIdentifier: identifier('plan', 'plan-b') },
      { url: 'via', valueString: 'product' },
      byPatient,
      at('2026-03-02T10:00:00-05:00'),
      number(1),
    ),
    {
      url: `${ours}/safety-closed`,
      extension: [
        at('2026-03-04T10:00:00-05:00'),
        { url: 'by', valueReference: { reference: 'Practitioner/dr-okafor' } },
        { url: 'reason', valueString: 'Talked with her' },
        { url: 'via', valueString: 'registry' },
      ],
    },
    {
      url: `${ours}/safety-signal`,
      extension: [
        { url: 'version', valuePositiveInt: 5 },
        { url: 'ordinal', valuePositiveInt: 2 },
        { url: 'plan', valueIdentifier: identifier('plan', 'plan-a') },
      ],
    },
  ],
  identifier: [{ system: 'https://ehr.example/mrn', value: '1' }, identifier('safety', 'signal-a')],
  status: 'inactive',
  code: { coding: [{ system: 'https://intersession.dev/fhir/CodeSystem/safety-rule', code: 'self-harm-thoughts' }] },
  subject: { reference: 'Patient/sarah' },
  period: { start: '2026-03-02T10:00:00-05:00', end: '2026-03-04T10:00:00-05:00' },
};
const open = {
  id: 'signal-a',
  patientId: 'sarah',
  planId: 'plan-a',
  rule: 'self-harm-thoughts',
  ordinal: 2,
  status: 'open',
  raisedAt: '2026-03-02T15:00:00.000Z',
  version: 5,
};
const withEvidence = (...several: Extension[]): Flag => ({
  ...wire,
  status: 'active',
  extension: [...several, ...(wire.extension?.slice(3) ?? [])],
});

describe('a safety signal', () => {
  it('is read from its Flag, and what speaks for it in the order of its numbers', () => {
    expect(fromFlag(wire)).toStrictEqual({
      ...open,
      status: 'closed',
      evidence: [
        {
          at: '2026-03-02T15:00:00.000Z',
          by: { type: 'patient' },
          via: 'product',
          planId: 'plan-b',
          logId: 'log-a',
          linkId: 'thoughts',
          value: 3,
        },
        { at: '2026-03-03T15:00:00.000Z', by: { type: 'system', clientId: 'product' } },
      ],
      closedAt: '2026-03-04T15:00:00.000Z',
      closedBy: 'Practitioner/dr-okafor',
      closeReason: 'Talked with her',
      closedVia: 'registry',
    });
  });

  it('has nothing that its Flag does not say', () => {
    const flag = withEvidence(evidence(byPatient, at('2026-03-02T10:00:00-05:00')));
    const read = [{ at: '2026-03-02T15:00:00.000Z', by: { type: 'patient' } }];
    expect(fromFlag(flag)).toStrictEqual({ ...open, evidence: read });
    expect(fromFlag(broken(wire, 'extension:safety-closed.extension:via'))).not.toHaveProperty('closedVia');
  });

  it('has what speaks for it in order, whatever order it comes in, what has no number first', () => {
    const several = [3, 1, 2, 12].map((place) =>
      evidence(byPatient, at(`2026-03-${place + 10}T00:00:00Z`), number(place)),
    );
    const without = evidence(byPatient, at('2026-03-02T00:00:00Z'));
    const days = fromFlag(withEvidence(...several, without)).evidence.map(({ at }) => at.slice(8, 10));
    expect(days).toEqual(['02', '11', '12', '13', '22']);
  });

  it.each<[by: Extension, read: object]>([
    [{ url: 'by', valueCode: 'patient' }, { type: 'patient' }],
    [
      { url: 'by', valueString: 'patient' },
      { type: 'system', clientId: 'patient' },
    ],
    [
      { url: 'by', valueReference: { reference: 'RelatedPerson/mother' } },
      { type: 'person', reference: 'RelatedPerson/mother' },
    ],
  ])('reported %j is by %j', (by, read) => {
    expect(fromFlag(withEvidence(evidence(by, at('2026-03-02T10:00:00-05:00')))).evidence[0]?.by).toStrictEqual(read);
  });

  it.each<[said: Extension, value: unknown]>([
    [{ url: 'value', valueBoolean: false }, false],
    [{ url: 'value', valueDecimal: 0 }, 0],
    [{ url: 'value', valueCode: 'LA6569-3' }, 'LA6569-3'],
    [{ url: 'value' }, undefined],
  ])('may rest on the answer %j', (said, value) => {
    const [read] = fromFlag(withEvidence(evidence(byPatient, at('2026-03-02T10:00:00-05:00'), said))).evidence;
    expect(read?.value).toBe(value);
    expect(Object.hasOwn(read ?? {}, 'value')).toBe(value !== undefined);
  });

  it.each(['inactive', 'entered-in-error'] as const)('is closed while its Flag is %s', (status) => {
    expect(fromFlag({ ...wire, status }).status).toBe('closed');
  });

  const plan = 'identifier of system https://intersession.dev/id/plan';
  const context = 'extension:safety-signal';
  const second = 'extension:1.extension';
  const closed = 'extension:safety-closed.extension';
  it.each<Refusal>([
    missing('identifier', 'identifier of system https://intersession.dev/id/safety'),
    missing('identifier:safety', 'identifier of system https://intersession.dev/id/safety'),
    ['subject', { display: 'Sarah' }, { path: 'Flag.subject', problem: 'is missing' }],
    missing('extension', plan),
    missing(context, plan),
    missing(`${context}.extension:plan`, plan),
    missing(`${context}.extension:plan.valueIdentifier`, plan),
    missing('code.coding', 'Flag.code'),
    unknownCode('code.coding:0.code', 'Flag.code'),
    missing(`${context}.extension:ordinal`, 'Flag.extension(safety-signal).ordinal'),
    missing(`${context}.extension:ordinal.valuePositiveInt`, 'Flag.extension(safety-signal).ordinal'),
    missing(`${context}.extension:version`, 'Flag.extension(safety-signal).version'),
    missing(`${context}.extension:version.valuePositiveInt`, 'Flag.extension(safety-signal).version'),
    missing('period', 'Flag.period.start'),
    missing('period.start', 'Flag.period.start'),
    missing(`${second}:at`, 'safety-evidence.at'),
    missing(`${second}:at.valueDateTime`, 'safety-evidence.at'),
    missing(`${second}:by`, 'safety-evidence.by'),
    [
      'extension:0.extension:by',
      { url: 'by', valueCode: 'mother' },
      { path: 'safety-evidence.by', problem: 'is missing' },
    ],
    ['extension:1.extension:plan.valueIdentifier.system', 'x', { path: plan, problem: 'is missing' }],
    missing(`${second}:log.valueIdentifier.value`, 'identifier of system https://intersession.dev/id/log'),
    missing(`${closed}:at`, 'safety-closed.at'),
    missing(`${closed}:at.valueDateTime`, 'safety-closed.at'),
    missing(`${closed}:by`, 'safety-closed.by'),
    missing(`${closed}:by.valueReference`, 'safety-closed.by'),
    missing(`${closed}:reason`, 'safety-closed.reason'),
    missing(`${closed}:reason.valueString`, 'safety-closed.reason'),
  ])('is refused by its element when %s is %s', (path, by, issue) => {
    expectRefusal(() => fromFlag(broken(wire, path, by)), issue);
  });
});
