/** A UUID, as our attempts are numbered. */
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** A UUID that may be typed in capitals, or its beginning; ours are in small letters. */
const maybeUuid = /^[0-9a-f]{8}(?:-[0-9a-f-]*)?$/i;
/** The end of an address: type and id, maybe with a version. */
const place = /(?:^|\/)([A-Z][A-Za-z]{2,63})\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]{1,64})?\/?$/;

/** What a person may mean by what they have pasted to find a ledger row. */
export interface Sought {
  /** Ids and places, to be compared whole. */
  readonly whole: readonly string[];
  /** The beginning of an id; absent: too short to be one. */
  readonly beginning?: string;
  /** The id of an attempt, which the EHR's log has as the request's id. */
  readonly attempt?: string;
}

/** From how many letters on the beginning of an id is looked for: fewer would be half of the ledger. */
const beginningFrom = 8;

/**
 * Reads what a person holds in their hand of a row: an id (of an artefact, plan, patient, landing group or attempt), a place
 * in the EHR (`Task/17`) or its whole address, an identifier (`system|value`), or the beginning of an id of ours, in capitals or not.
 */
export function readSought(find: string): Sought {
  const text = find.trim();
  const [, type, placed] = place.exec(text.replace(/[?#].*$/s, '')) ?? [];
  const value = text.slice(text.lastIndexOf('|') + 1);
  const id = lowered(placed ?? value);
  const whole = new Set([
    text,
    value,
    id,
    ...(type === undefined || placed === undefined ? [] : [`${type}/${placed}`, `${type}/${id}`, placed]),
  ]);
  return {
    whole: [...whole].filter((one) => one !== ''),
    ...(id.length < beginningFrom ? {} : { beginning: id }),
    ...(uuid.test(id) ? { attempt: id } : {}),
  };
}

function lowered(id: string): string {
  return maybeUuid.test(id) ? id.toLowerCase() : id;
}
