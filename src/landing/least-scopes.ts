import type { Capabilities } from './capabilities.ts';
import type { LandingRow } from './landing-row.ts';
import { letterOf } from './letter-of.ts';
import type { VendorTraits } from './vendor-traits.ts';

/** Scopes to ask for, and not one more: what the landing table writes, and what has to be read for that. */
export interface LeastScopes {
  /** For the service itself. */
  readonly system: readonly string[];
  /** For people who sign in. */
  readonly people: readonly string[];
  /** For the service, beyond that: what a person has to carry otherwise. */
  readonly wished: readonly string[];
}

/** What the app reads of whoever signs in and of whom they see. */
const readByApp = ['Patient', 'Practitioner', 'PractitionerRole', 'Encounter'];
const order = 'cruds';

/** Reckons the least scopes of a landing table. Reads are for search-back, for the patient, and for an encounter to name. */
export function leastScopes(
  table: readonly LandingRow[],
  { capabilities, vendor, roster }: { capabilities: Capabilities; vendor: VendorTraits; roster?: string | undefined },
): LeastScopes {
  const system = lettersOf(table, 'system', capabilities);
  const delegated = lettersOf(table, 'delegated', capabilities);
  const people = new Map(delegated);
  const named = (written: ReadonlyMap<string, ReadonlySet<string>>) =>
    vendor.needsEncounter.some((type) => written.get(type)?.has('c'));
  add(system, 'Patient', 'rs');
  if (named(system)) add(system, 'Encounter', 'rs');
  for (const type of readByApp) add(people, type, 'rs');
  if (roster?.startsWith('Group/') === true) add(people, 'Group', 'rs');
  const wished = new Map(delegated);
  if (named(wished)) add(wished, 'Encounter', 'rs');
  return {
    system: written('system', system),
    people: [...written('user', people), 'patient/Patient.rs'],
    wished: written('system', wished),
  };
}

type Letters = Map<string, ReadonlySet<string>>;

function lettersOf(
  table: readonly LandingRow[],
  identity: 'system' | 'delegated',
  { interactions }: Capabilities,
): Letters {
  const letters: Letters = new Map();
  for (const row of table.filter((landingRow) => landingRow.identity === identity)) {
    for (const write of row.writes) {
      add(letters, write.type, write.interactions.map((interaction) => letterOf[interaction]).join(''));
      const offered = interactions[write.type] ?? [];
      if (offered.includes('read')) add(letters, write.type, 'r');
      if (offered.includes('search-type')) add(letters, write.type, 's');
    }
  }
  return letters;
}

function add(letters: Letters, type: string, more: string): void {
  letters.set(type, new Set([...(letters.get(type) ?? []), ...more]));
}

function written(context: string, letters: Letters): string[] {
  return [...letters]
    .map(([type, set]) => `${context}/${type}.${[...order].filter((letter) => set.has(letter)).join('')}`)
    .sort();
}
