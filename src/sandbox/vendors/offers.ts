import type { TypeInteraction, TypeOffer } from '../faces.ts';

const INTERACTIONS: Readonly<Record<string, TypeInteraction>> = {
  c: 'create',
  r: 'read',
  u: 'update',
  p: 'patch',
  s: 'search-type',
};

/** What a vendor offers of a type: interactions as letters (c r u p s), search parameters by R4 name. */
export type OfferLine = readonly [letters: string, searchParameters?: string];

/**
 * Reads a vendor's surface, one line a type. Parameters that R4 does not know (a vendor's own) are left out there.
 * @param conditional what the statement says of conditional writes; undefined: nothing
 */
export function offers(lines: Readonly<Record<string, OfferLine>>, conditional?: boolean): Map<string, TypeOffer> {
  return new Map(
    Object.entries(lines).map(([type, [letters, searchParameters = '']]) => {
      const interactions = [...letters].map((letter) => {
        const interaction = INTERACTIONS[letter];
        if (interaction === undefined) throw new Error(`${type}: no interaction has the letter ${letter}`);
        return interaction;
      });
      const offer = { interactions, searchParameters: searchParameters.split(' ').filter((name) => name !== '') };
      return [type, conditional === undefined ? offer : { ...offer, conditional }];
    }),
  );
}
