import type { Extension } from 'fhir/r4';
import { describe, expect, it, test } from 'vitest';
import { toFlag } from '../../../src/fhir/to-flag.ts';
import type { SafetyEvidence, SafetyRuleCode, SafetySignal } from '../../../src/homework/safety/safety-signal.ts';
import { closedSignal, openSignal, planId, safetyContext, signalId } from './safety-samples.ts';
import { coded, div, metaOf, ourCode, ourId, ourReference, ourUrl, riverside, sarah } from './spelled-out.ts';

const at = '2026-03-02T15:00:00.000Z';
const written = (different: Partial<SafetySignal>) => toFlag({ ...openSignal, ...different }, safetyContext);
const openFlag = {
  resourceType: 'Flag',
  id: signalId,
  meta: metaOf('safety-signal-flag'),
  language: 'en-US',
  text: {
    status: 'generated',
    div: div(
      '<p>Safety signal: Thoughts of harming oneself</p><ul><li>raised 2026-03-02T10:00:00-05:00</li>' +
        '<li>open: review now</li></ul>',
      'en-US',
    ),
  },
  extension: [
    {
      url: 'http://hl7.org/fhir/StructureDefinition/flag-detail',
      valueReference: ourReference('QuestionnaireResponse', 'log', 'l-1'),
    },
    {
      url: 'http://hl7.org/fhir/StructureDefinition/flag-detail',
      valueReference: ourReference('QuestionnaireResponse', 'log', 'l-2'),
    },
    {
      url: ourUrl('safety-signal'),
      extension: [
        { url: 'plan', valueIdentifier: ourId('plan', planId) },
        { url: 'ordinal', valuePositiveInt: 2 },
        { url: 'version', valuePositiveInt: 4 },
      ],
    },
    {
      url: ourUrl('safety-evidence'),
      extension: [
        { url: 'number', valuePositiveInt: 1 },
        { url: 'at', valueDateTime: '2026-03-08T04:12:00-04:00' },
        { url: 'by', valueCode: 'patient' },
        { url: 'plan', valueIdentifier: ourId('plan', planId) },
        { url: 'log', valueIdentifier: ourId('log', 'l-1') },
        { url: 'linkId', valueString: 'self-harm-thoughts' },
        { url: 'value', valueBoolean: true },
      ],
    },
    {
      url: ourUrl('safety-evidence'),
      extension: [
        { url: 'number', valuePositiveInt: 2 },
        { url: 'at', valueDateTime: '2026-03-03T03:12:00-05:00' },
        { url: 'by', valueReference: { reference: 'RelatedPerson/sister' } },
        { url: 'via', valueString: 'homework-product' },
        { url: 'plan', valueIdentifier: ourId('plan', planId) },
        { url: 'log', valueIdentifier: ourId('log', 'l-2') },
        { url: 'linkId', valueString: 'self-harm-thoughts' },
      ],
    },
  ],
  identifier: [ourId('safety', signalId)],
  status: 'active',
  category: [coded('http://terminology.hl7.org/CodeSystem/flag-category', 'safety', 'Safety')],
  code: ourCode(
    ...(['safety-rule', 'self-harm-thoughts', 'Thoughts of harming oneself', 'Thoughts of harming oneself'] as const),
  ),
  subject: sarah,
  period: { start: '2026-03-02T10:00:00-05:00' },
  author: riverside,
};
it('says what whoever reported it wrote of it', () => {
  const by = { type: 'person', reference: 'Practitioner/dr-okafor' } as const;
  const { extension } = written({ evidence: [{ at, by, text: 'She said goodbye.\nTwice.' }] });
  expect(extension?.at(-1)?.extension).toEqual([
    { url: 'number', valuePositiveInt: 1 },
    { url: 'at', valueDateTime: '2026-03-02T10:00:00-05:00' },
    { url: 'by', valueReference: { reference: 'Practitioner/dr-okafor' } },
    { url: 'text', valueString: 'She said goodbye.\nTwice.' },
  ]);
});

const closing = (...more: Extension[]): Extension => ({
  url: ourUrl('safety-closed'),
  extension: [
    { url: 'at', valueDateTime: '2026-03-09T11:00:00-04:00' },
    { url: 'by', valueReference: { reference: 'Practitioner/dr-okafor' } },
    { url: 'reason', valueString: 'Talked on the phone; safety plan made' },
    ...more,
  ],
});

describe('a safety signal as a Flag', () => {
  test('while it is open: active, with what speaks for it, in codes and values alone', () => {
    expect(written({})).toStrictEqual(openFlag);
  });

  test('once a person closed it: inactive, its period ended, by whom and why', () => {
    const [detail, second, , ...evidence] = openFlag.extension;
    expect(written(closedSignal)).toStrictEqual({
      ...openFlag,
      text: {
        status: 'generated',
        div: div(
          '<p>Safety signal: Thoughts of harming oneself</p><ul><li>raised 2026-03-02T10:00:00-05:00</li>' +
            '<li>closed 2026-03-09T11:00:00-04:00</li></ul>',
          'en-US',
        ),
      },
      extension: [
        detail,
        second,
        {
          url: ourUrl('safety-signal'),
          extension: [
            { url: 'plan', valueIdentifier: ourId('plan', planId) },
            { url: 'ordinal', valuePositiveInt: 2 },
            { url: 'version', valuePositiveInt: 5 },
          ],
        },
        ...evidence,
        closing(),
      ],
      status: 'inactive',
      period: { start: '2026-03-02T10:00:00-05:00', end: '2026-03-09T11:00:00-04:00' },
    });
  });

  test('that a merge closed says which source system told of it', () => {
    expect(written({ ...closedSignal, closedVia: 'homework-product' }).extension?.at(-1)).toStrictEqual(
      closing({ url: 'via', valueString: 'homework-product' }),
    );
  });

  it.each<[SafetyRuleCode, string]>([
    ['self-harm-thoughts', 'Thoughts of harming oneself'],
    ['harm-to-others', 'Thoughts of harming someone else'],
    ['harm-by-others', 'Harm by another person'],
    ['not-safe-now', 'Says they are not safe right now'],
    ['other-concern', "Concern for the patient's safety"],
  ])('%s is “%s”', (rule, words) => {
    const { code, text } = written({ rule });
    expect(code).toStrictEqual(ourCode('safety-rule', rule, words, words));
    expect(text?.div).toContain(`<p>Safety signal: ${words}</p>`);
  });

  const evidenceOf = (evidence: SafetyEvidence) =>
    written({ evidence: [evidence] }).extension?.filter(({ url }) => url === ourUrl('safety-evidence'));
  it.each<[string, SafetyEvidence, Extension[]]>([
    ['the patient, without a log', { at, by: { type: 'patient' } }, [{ url: 'by', valueCode: 'patient' }]],
    [
      'a source system for itself',
      { at, by: { type: 'system', clientId: 'homework-product' } },
      [{ url: 'by', valueString: 'homework-product' }],
    ],
    [
      'a number',
      { at, by: { type: 'patient' }, value: 4.5 },
      [
        { url: 'by', valueCode: 'patient' },
        { url: 'value', valueDecimal: 4.5 },
      ],
    ],
    [
      'a code',
      { at, by: { type: 'patient' }, value: 'LA6571-9' },
      [
        { url: 'by', valueCode: 'patient' },
        { url: 'value', valueCode: 'LA6571-9' },
      ],
    ],
    [
      'a no',
      { at, by: { type: 'patient' }, value: false },
      [
        { url: 'by', valueCode: 'patient' },
        { url: 'value', valueBoolean: false },
      ],
    ],
  ])('evidence: %s', (_what, evidence, parts) => {
    const when = { url: 'at', valueDateTime: '2026-03-02T10:00:00-05:00' };
    expect(evidenceOf(evidence)).toStrictEqual([
      { url: ourUrl('safety-evidence'), extension: [{ url: 'number', valuePositiveInt: 1 }, when, ...parts] },
    ]);
  });

  test('names a log once, however often it speaks for it', () => {
    const [first] = openSignal.evidence as [SafetyEvidence];
    const { extension = [] } = written({ evidence: [first, { at, by: { type: 'patient' } }, first] });
    expect(extension.map(({ url }) => url.split('/').at(-1))).toStrictEqual([
      ...['flag-detail', 'safety-signal', 'safety-evidence', 'safety-evidence', 'safety-evidence'],
    ]);
  });

  it.each(['closedAt', 'closedBy', 'closeReason'] as const)(
    'says nothing of a closing whose %s is not known',
    (part) => {
      const { [part]: _part, ...rest } = closedSignal;
      expect(toFlag(rest, safetyContext).extension?.map(({ url }) => url)).not.toContain(ourUrl('safety-closed'));
    },
  );

  // R4 lets a practitioner, their role, an organisation, a device or the patient be its author: never a relative
  const okafor = { type: 'person', reference: 'Practitioner/dr-okafor' } as const;
  it.each<[string, readonly SafetyEvidence[], object]>([
    ['the clinician who reported it', [{ at, by: okafor }], { reference: 'Practitioner/dr-okafor' }],
    [
      'the clinician in their role',
      [{ at, by: { type: 'person', reference: 'PractitionerRole/7' } }],
      { reference: 'PractitionerRole/7' },
    ],
    [
      'the clinician whom a source system named, as told',
      [{ at, by: okafor, via: 'homework-product' }],
      { reference: 'Practitioner/dr-okafor', display: 'Clinician, as told by Homework product (demo)' },
    ],
    ['the organisation, of a relative', [{ at, by: { type: 'person', reference: 'RelatedPerson/7' } }], riverside],
    [
      'the organisation, of a reference that only looks so',
      [{ at, by: { type: 'person', reference: 'X/Practitioner/7' } }],
      riverside,
    ],
    ['the organisation, of a log that a clinician wrote', [{ at, by: okafor, logId: 'l-1' }], riverside],
    ['the organisation, where nothing is known', [], riverside],
    ['the organisation, of the patient', [{ at, by: { type: 'patient' } }], riverside],
    ['the organisation, of a system', [{ at, by: { type: 'system', clientId: 'x' } }], riverside],
    [
      'whoever came first',
      [
        { at, by: { type: 'patient' } },
        { at, by: okafor },
      ],
      riverside,
    ],
  ])('its author is %s', (_who, evidence, author) => {
    expect(written({ evidence }).author).toStrictEqual(author);
  });
});
