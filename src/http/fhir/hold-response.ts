import { IntersessionError } from '../../foundation/intersession-error.ts';
import { cleanTexts, type TextPath, unheldTexts } from '../../foundation/plain-text.ts';

/** Elements of a QuestionnaireResponse that people write or read; all others are ids, codes, references and times. */
const texts = new Set(['valueString', 'display', 'text', 'title', 'div']);

/**
 * A form filler's response with its texts held to what every system can hold: what people wrote is cleaned.
 * @throws `invalid-request` naming each other element that holds such a character
 */
export function holdResponse(body: unknown): unknown {
  const held = cleanTexts(body, (key) => texts.has(key));
  const issues = [...unheldTexts(held)].map((path) => ({
    path: elementAt(path),
    problem: 'must not hold control characters, nor half of a character',
  }));
  if (issues.length === 0) return held;
  const fields = issues.map(({ path }) => path).join(', ');
  throw new IntersessionError('invalid-request', { issues }, `The response cannot be kept as it is: ${fields}`);
}

function elementAt(path: TextPath): string {
  return path.reduce<string>(
    (above, part) => (typeof part === 'number' ? `${above}[${part}]` : `${above}.${part.slice(0, 64)}`),
    'QuestionnaireResponse',
  );
}
