// In JSON text a quote inside a string is escaped, so this finds elements named `reference` and nothing that a person
// wrote. Searching the text costs a fraction of walking the parsed tree, and most content never needs more.
const name = '"reference":';
const ours =
  /^(?:CarePlan|Task|QuestionnaireResponse|Observation|Communication|DocumentReference|Goal|Flag)\/[A-Za-z0-9.-]{1,64}$/;
const white = /\s/;

/** A reference to a resource of ours, and where it stands in the JSON text: from the opening quote to behind the closing one. */
export interface TextReference {
  readonly reference: string;
  readonly start: number;
  readonly end: number;
}

/** The references to resources of ours in a resource's JSON text, in the order of their appearance. */
export function referencesIn(content: string): TextReference[] {
  return literals(content).filter(({ reference }) => ours.test(reference));
}

/**
 * The JSON text with each of these references replaced; what is not in the map stays.
 * @param found where they stand, if that is known already
 */
export function replaceReferences(
  content: string,
  replacements: ReadonlyMap<string, string>,
  found?: readonly TextReference[],
): string {
  if (replacements.size === 0) return content;
  let replaced = '';
  let from = 0;
  for (const { reference, start, end } of found ?? literals(content)) {
    const replacement = replacements.get(reference);
    if (replacement === undefined) continue;
    replaced += content.slice(from, start) + JSON.stringify(replacement);
    from = end;
  }
  return replaced + content.slice(from);
}

/** Strings that are the value of an element named `reference`; one with an escape in it is none of ours. */
function literals(content: string): TextReference[] {
  const found: TextReference[] = [];
  for (let at = content.indexOf(name); at >= 0; at = content.indexOf(name, at)) {
    at += name.length;
    while (white.test(content.charAt(at))) at += 1;
    if (content.charAt(at) !== '"') continue;
    const close = content.indexOf('"', at + 1);
    if (close < 0) break;
    found.push({ reference: content.slice(at + 1, close), start: at, end: close + 1 });
    at = close;
  }
  return found;
}
