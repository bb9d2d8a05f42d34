/** Code that is mutated together, and the tests that have to notice. */
export interface Area {
  readonly name: string;
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
}

/** Delivery's files without a database and an EHR, each with tests that need neither. */
const pureDelivery = [
  ...[
    'backoff',
    'build-bundle',
    'carrier',
    'claimed-group',
    'decide-sending',
    'doubt',
    'find-encounter',
    'finish-attempt',
  ],
  ...['needs-of-group', 'pause-rule', 'plan-sending', 'replace-references', 'rewrite-references', 'same-content'],
  ...['searches-for', 'sending-work', 'shape-content', 'whose'],
];
const pureDeliveryTests = [
  ...['backoff', 'build-bundle', 'carrier', 'decide-sending', 'find-encounter', 'finish-attempt', 'pause-rule'],
  ...['plan-sending', 'pure', 'rewrite-references', 'same-content', 'same-elements', 'searches-for', 'sending-work'],
  ...['choose-encounter', 'shape-content'],
];

const doctor = ['onboarding-sheet', 'print-table', 'stated-facts'].map((file) => `test/cli/doctor/${file}.test.ts`);

export const areas: readonly Area[] = [
  { name: 'homework', mutate: ['src/homework/**/*.ts'], tests: ['test/homework/**/*.test.ts'] },
  {
    name: 'landing',
    mutate: ['src/landing/**/*.ts'],
    // what doctor says of an EHR is the table as people read it
    tests: ['test/landing/**/*.test.ts', ...doctor],
  },
  { name: 'fhir', mutate: ['src/fhir/**/*.ts'], tests: ['test/fhir/**/*.test.ts'] },
  {
    name: 'delivery',
    mutate: pureDelivery.map((file) => `src/delivery/${file}.ts`),
    tests: pureDeliveryTests.map((file) => `test/delivery/${file}.test.ts`),
  },
];

export function areaOf(name: string): Area {
  const area = areas.find((area) => area.name === name);
  if (area === undefined) throw new Error(`no area "${name}"; there are ${areas.map((area) => area.name).join(', ')}`);
  return area;
}
