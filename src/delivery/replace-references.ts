// In JSON text a quote inside a string is escaped, so this finds elements named `reference` and nothing that a person
// wrote. Searching the text costs a fraction of walking the parsed tree, and most content never needs more.
const name = '"reference":';
const ours = new Set([
  'CarePlan',
  'Task',
  'QuestionnaireResponse',
  'Observation',
  'Communication',
  'DocumentReference',
  'Goal',
  'Flag',
]);
const id = /^[A-Za-z0-9.-]{1,64}$/;
const white = /\s/;
const quote = '"'.charCodeAt(0);

/** A reference to a resource of ours, and where it stands in the JSON text: from the opening quote to behind the closing one. */
export interface TextReference {
  readonly reference: string;
  readonly start: number;
  readonly end: number;
}

/** The references to resources of ours in a resource's JSON text, in the order of their appearance. */
export function referencesIn(content: string): TextReference[] {
  return literals(content).filter(({ reference }) => isOurs(reference));
}

/** The JSON text with each of these references replaced; what is not in the map stays. */
export function replaceReferences(content: string, replacements: ReadonlyMap<string, string>): string {
  if (replacements.size === 0) return content;
  return replaceAt(content, literals(content), (reference) => replacements.get(reference));
}

/**
 * The JSON text with references replaced whose places are known.
 * @param replacement undefined: it stays
 */
export function replaceAt(
  content: string,
  places: readonly TextReference[],
  replacement: (reference: string) => string | undefined,
): string {
  let replaced = '';
  let from = 0;
  for (const { reference, start, end } of places) {
    const by = replacement(reference);
    if (by === undefined) continue;
    replaced += content.slice(from, start) + JSON.stringify(by);
    from = end;
  }
  return replaced + content.slice(from);
}

/** Strings that are the value of an element named `reference`; one with an escape in it is none of ours. */
function literals(content: string): TextReference[] {
  const found: TextReference[] = [];
  for (let at = content.indexOf(name); at >= 0; at = content.indexOf(name, at)) {
    at += name.length;
    if (content.charCodeAt(at) !== quote) {
      while (white.test(content.charAt(at))) at += 1;
      if (content.charCodeAt(at) !== quote) continue;
    }
    const close = content.indexOf('"', at + 1);
    if (close < 0) break;
    found.push({ reference: content.slice(at + 1, close), start: at, end: close + 1 });
    at = close;
  }
  return found;
}

function isOurs(reference: string): boolean {
  const slash = reference.indexOf('/');
  return ours.has(reference.slice(0, slash)) && id.test(reference.slice(slash + 1));
}
