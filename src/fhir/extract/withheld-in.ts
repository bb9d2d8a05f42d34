import type { QuestionnaireResponse } from 'fhir/r4';
import { ourExtensions } from '../systems.ts';

/** The linkIds that a response of ours says are not shared, answered or not. */
export function withheldIn({ extension }: QuestionnaireResponse): readonly string[] {
  const context = extension?.find(({ url }) => url === ourExtensions.logContext)?.extension ?? [];
  return context.flatMap(({ url, valueString }) =>
    url === 'withheld' && valueString !== undefined ? [valueString] : [],
  );
}
