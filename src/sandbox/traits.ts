/**
 * Ways in which real EHRs differ from the tidy one this sandbox is by itself. Any face can have any of them
 * (`POST /control/site/<face>` with `traits`, or `--traits` at the start). Each name says what this EHR then does, and
 * stands with where such a thing was seen.
 */
export const traits = {
  // "need_patient_banner": "false" in the token response that a large vendor documents
  'banner-flag-text': 'need_patient_banner is text, "true" or "false"',
  // a registry lists every name that a person ever had, the oldest first: a reader that takes the first says a dead one
  'past-names': 'people have a maiden name, an old one and an expired official one before the name in use',
  // an appointment becomes an Encounter when it is booked, and stays one when nobody came
  'missed-visits': 'patients have 60 encounters newer than their last visit that were planned, cancelled or a mistake',
  // a national registry and several EHRs answer the read of a superseded id with the record that took its place
  'merge-answers-survivor': 'the read of a merged patient answers with the survivor, under the survivor’s id',
  // not every merge moves documents and answers; some leave them under the old record for ever
  'merge-leaves-chart': 'what a chart holds keeps the old patient when two patients are merged',
} as const satisfies Readonly<Record<string, string>>;

/** A trait by its name. */
export type TraitName = keyof typeof traits;

/** Every trait, in the order of the table. */
export const traitNames = Object.keys(traits) as TraitName[];

/**
 * Reads a list of names, separated by commas; `all` stands for every one.
 * @throws Error that names the first unknown one
 */
export function parseTraits(text: string): TraitName[] {
  if (text === 'all') return traitNames;
  return text.split(',').map((name) => {
    const found = traitNames.find((known) => known === name.trim());
    if (found === undefined) throw new Error(`"${name.trim()}" is not a trait; there are ${traitNames.join(', ')}`);
    return found;
  });
}
