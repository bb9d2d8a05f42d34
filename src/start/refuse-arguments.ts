import { IntersessionError } from '../foundation/intersession-error.ts';

/**
 * Refuses what is written behind a command that takes nothing: what it is told stands in variables, and an option that is passed over
 * in silence would be believed.
 * @throws IntersessionError `configuration-invalid`, naming the first argument
 */
export function refuseArguments(given: readonly string[]): void {
  const [first] = given;
  if (first === undefined) return;
  const problem =
    'is not taken here: set DATA_DIR, PORT and the other variables that README names, as in DATA_DIR=folder npm start';
  throw new IntersessionError(
    'configuration-invalid',
    { issues: [{ variable: first, problem }] },
    `Configuration: ${first} ${problem}`,
  );
}
