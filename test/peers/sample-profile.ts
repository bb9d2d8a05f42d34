import type { ElementDefinition, StructureDefinition } from 'fhir/r4';

const url = 'https://example.org/fhir/StructureDefinition/sample-task';
const kinds = 'http://terminology.hl7.org/CodeSystem/v3-ActClass';

/** The differential of a small handmade Task profile that uses each kind of rule once. */
const differential: ElementDefinition[] = [
  {
    id: 'Task',
    path: 'Task',
    constraint: [
      {
        key: 'sample-1',
        severity: 'error',
        human: 'A failed task says why',
        expression: "status = 'failed' implies statusReason.exists()",
        source: url,
      },
    ],
  },
  { id: 'Task.basedOn', path: 'Task.basedOn', max: '0' },
  {
    id: 'Task.businessStatus',
    path: 'Task.businessStatus',
    patternCodeableConcept: { coding: [{ system: kinds, code: 'CNTRCT' }] },
  },
  { id: 'Task.intent', path: 'Task.intent', patternCode: 'order' },
  {
    id: 'Task.code',
    path: 'Task.code',
    min: 1,
    binding: { strength: 'required', valueSet: 'http://hl7.org/fhir/ValueSet/task-code' },
  },
  { id: 'Task.description', path: 'Task.description', maxLength: 20 },
  {
    id: 'Task.for',
    path: 'Task.for',
    min: 1,
    type: [{ code: 'Reference', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Patient'] }],
  },
  { id: 'Task.restriction.repetitions', path: 'Task.restriction.repetitions', maxValuePositiveInt: 5 },
  {
    id: 'Task.input',
    path: 'Task.input',
    slicing: { discriminator: [{ type: 'pattern', path: 'type' }], rules: 'closed' },
    min: 1,
    max: '3',
  },
  { id: 'Task.input:kind', path: 'Task.input', sliceName: 'kind', min: 1, max: '1' },
  {
    id: 'Task.input:kind.type',
    path: 'Task.input.type',
    patternCodeableConcept: { coding: [{ system: kinds, code: 'ACT' }] },
  },
  { id: 'Task.input:kind.value[x]', path: 'Task.input.value[x]', type: [{ code: 'CodeableConcept' }] },
  { id: 'Task.input:step', path: 'Task.input', sliceName: 'step', min: 0, max: '1' },
  {
    id: 'Task.input:step.type',
    path: 'Task.input.type',
    patternCodeableConcept: { coding: [{ system: kinds, code: 'OBS' }] },
  },
  {
    id: 'Task.input:step.value[x]',
    path: 'Task.input.value[x]',
    type: [{ code: 'positiveInt' }],
    fixedPositiveInt: 1,
  },
];

const baseMax: Record<string, string> = { 'Task.basedOn': '*', 'Task.input': '*' };

/** A handmade profile on Task, with as much of a snapshot as the negative set reads. */
export const sampleProfile: StructureDefinition = {
  resourceType: 'StructureDefinition',
  id: 'sample-task',
  url,
  name: 'SampleTask',
  status: 'draft',
  fhirVersion: '4.0.1',
  kind: 'resource',
  abstract: false,
  type: 'Task',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Task',
  derivation: 'constraint',
  differential: { element: differential },
  snapshot: {
    element: differential.map((element) => ({
      type: element.path === 'Task.basedOn' ? [{ code: 'Reference' }] : [],
      ...element,
      base: { path: element.path, min: 0, max: baseMax[element.path] ?? '1' },
    })),
  },
};

/** A handmade simple extension on Task. */
export const sampleExtension: StructureDefinition = {
  resourceType: 'StructureDefinition',
  id: 'sample-extension',
  url: 'https://example.org/fhir/StructureDefinition/sample-extension',
  name: 'SampleExtension',
  status: 'draft',
  fhirVersion: '4.0.1',
  kind: 'complex-type',
  abstract: false,
  context: [{ type: 'element', expression: 'Task' }],
  type: 'Extension',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Extension',
  derivation: 'constraint',
  differential: {
    element: [
      { id: 'Extension', path: 'Extension' },
      { id: 'Extension.extension', path: 'Extension.extension', max: '0' },
      {
        id: 'Extension.url',
        path: 'Extension.url',
        fixedUri: 'https://example.org/fhir/StructureDefinition/sample-extension',
      },
      { id: 'Extension.value[x]', path: 'Extension.value[x]', min: 1, type: [{ code: 'dateTime' }] },
    ],
  },
  snapshot: {
    element: [
      { id: 'Extension', path: 'Extension' },
      {
        id: 'Extension.extension',
        path: 'Extension.extension',
        max: '0',
        type: [{ code: 'Extension' }],
        base: { path: 'Element.extension', min: 0, max: '*' },
      },
      { id: 'Extension.url', path: 'Extension.url', base: { path: 'Extension.url', min: 1, max: '1' } },
      {
        id: 'Extension.value[x]',
        path: 'Extension.value[x]',
        type: [{ code: 'dateTime' }],
        base: { path: 'Extension.value[x]', min: 0, max: '1' },
      },
    ],
  },
};

/** A Task that is valid against the handmade profile and carries the handmade extension. */
export const sampleTask = {
  resourceType: 'Task',
  id: 'sample',
  meta: { profile: [url] },
  extension: [{ url: sampleExtension.url, valueDateTime: '2026-03-02T10:00:00-05:00' }],
  status: 'failed',
  businessStatus: { coding: [{ system: kinds, code: 'CNTRCT' }] },
  statusReason: { text: 'no meeting took place' },
  intent: 'order',
  code: { coding: [{ system: 'http://hl7.org/fhir/CodeSystem/task-code', code: 'fulfill' }] },
  description: 'speak once',
  for: { reference: 'Patient/p' },
  restriction: { repetitions: 3 },
  input: [
    { type: { coding: [{ system: kinds, code: 'ACT' }] }, valueCodeableConcept: { text: 'exposure' } },
    { type: { coding: [{ system: kinds, code: 'OBS' }] }, valuePositiveInt: 1 },
  ],
};

/** Breaks sample-1. */
export const sampleInvariants = {
  'sample-1': (resource: Record<string, unknown>) => delete resource.statusReason,
};
