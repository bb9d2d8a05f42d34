import type { ScoreDeclaration } from '../homework/log/score.ts';

/** A code of our own CodeSystem `measure`, where no standard one was found. */
export function measureCode(code: string, display: string): ScoreDeclaration['code'] {
  return { system: 'https://intersession.dev/fhir/CodeSystem/measure', code, display };
}

/** A LOINC code that was confirmed; `test/kinds/deny-list.test.ts` knows of which instrument and by which publications. */
export function loincCode(code: string, display: string): ScoreDeclaration['code'] {
  return { system: 'http://loinc.org', code, display };
}
