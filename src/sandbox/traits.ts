/**
 * Ways in which real EHRs differ from the tidy one this sandbox is by itself. Any face can have any of them
 * (`POST /control/site/<face>` with `traits`, or `--traits` at the start). Each name says what this EHR then does, and
 * stands with where such a thing was seen.
 */
export const traits = {
  // "need_patient_banner": "false" in the token response that a large vendor documents
  'banner-flag-text': 'need_patient_banner is text, "true" or "false"',
  // github.com/LinuxForHealth/FHIR/issues/1375: both spellings of one resource stand side by side
  'absolute-references': 'references to its own resources are absolute',
  // github.com/LinuxForHealth/FHIR/pull/1889, github.com/hapifhir/hapi-fhir/issues/1224
  'versioned-references': 'references to its own resources name a version',
  // R4 lets a server pass over a parameter that it does not know, and then it finds everything
  'encounters-of-everybody': 'a search for Encounters passes over whose they should be, as far as the token reaches',
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
