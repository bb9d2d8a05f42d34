// In JSON text a quote inside a string is escaped, so this matches an element named `reference` and nothing that a person
// wrote. Reading text by a pattern costs a fraction of walking the parsed tree, and most content never needs more.
const ours =
  /"reference":\s*"((?:CarePlan|Task|QuestionnaireResponse|Observation|Communication|DocumentReference|Goal|Flag)\/[A-Za-z0-9.-]{1,64})"/g;

/** The references to resources of ours in a resource's JSON text, each once, in the order of their appearance. */
export function referencesIn(content: string): string[] {
  const found = new Set<string>();
  for (const [, reference] of content.matchAll(ours)) if (reference !== undefined) found.add(reference);
  return [...found];
}

/** The resource's JSON text with each of these references of ours replaced; what is not in the map stays. */
export function replaceReferences(content: string, replacements: ReadonlyMap<string, string>): string {
  if (replacements.size === 0) return content;
  return content.replace(ours, (match, reference: string) => {
    const replacement = replacements.get(reference);
    return replacement === undefined ? match : `"reference":${JSON.stringify(replacement)}`;
  });
}
