import { createHash } from 'node:crypto';

/** FHIR's letters and length. @see https://hl7.org/fhir/R4/datatypes.html#id */
const longest = 64;
const plain = /^[A-Za-z0-9-]+$/;

/**
 * The resource id of a measure: `<log id>.<linkId>[.<instance>]` where that is an id, which it is for the linkIds of our own kinds. A
 * linkId may be anything (a uuid, `/73490535/2`): what would be too long, or isn't plain, is told by a hash, the same each time.
 */
export function measureResourceId(logId: string, linkId: string, instance: string | undefined): string {
  const parts = [linkId, ...(instance === undefined ? [] : [instance])];
  const whole = [logId, ...parts].join('.');
  if (whole.length <= longest && parts.every((part) => plain.test(part))) return whole;
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);
  const short = `${logId}.${hash}`;
  return short.length <= longest ? short : createHash('sha256').update(short).digest('hex').slice(0, longest);
}
