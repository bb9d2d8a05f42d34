import { maskWords } from '../fhir/mask-words.ts';
import type { SendingWork } from './sending-work.ts';
import { toWireText } from './wire-text.ts';

/** What was put on the wire of one row, kept where it did not land: by then it is needed, and nobody's words are in it. */
export interface SentCopy {
  readonly artefact: string;
  readonly id: string;
  /** `create QuestionnaireResponse`, `update Task/17` */
  readonly request: string;
  /** The resource, masked. */
  readonly resource: unknown;
}

/**
 * Masked copies of what was sent in this attempt and did not land.
 * @param known what placeholders stand for: urn → `Task/17`
 */
export function sentCopies(works: readonly SendingWork[], known: ReadonlyMap<string, string>): readonly SentCopy[] {
  return works.flatMap(({ sent, sentTo: place, result, write }) => {
    if (!sent || result === undefined || result.state === 'landed') return [];
    const { row, resourceType } = write;
    const ehrId = place?.slice(place.indexOf('/') + 1);
    const request = place === undefined ? `create ${resourceType}` : `update ${place}`;
    const resource = maskWords(JSON.parse(toWireText(write, known, ehrId)));
    return [{ artefact: row.artefact, id: row.id, request, resource }];
  });
}
