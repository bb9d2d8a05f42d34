import type { Identifier, Reference } from 'fhir/r4';
import { defined } from '../foundation/defined.ts';
import { ehrIdPattern } from '../foundation/ehr-id.ts';

/** The servers under whose address a reference is as good as a relative one. */
export interface ReferenceBases {
  /** The tenant's EHR: `https://ehr.example/fhir`. */
  readonly ehr?: string | undefined;
  /** Our own endpoint of that tenant. */
  readonly own?: string | undefined;
}

/** A resource named by type and id; `server` tells under which address, `relative` leads to the EHR or to us. */
export interface LocalReference {
  readonly form: 'local';
  readonly server: 'relative' | 'ehr' | 'own';
  readonly type: string;
  readonly id: string;
  readonly version?: string;
}

/** What the literal part of a reference says, read whole. */
export type LiteralReference =
  | LocalReference
  /** On a server that is neither the EHR nor we. */
  | { readonly form: 'elsewhere'; readonly type?: string }
  /** `#…`: inside the resource that holds the reference. */
  | { readonly form: 'contained' }
  /** `urn:uuid:…`, `urn:oid:…`: means something only in the Bundle that it came in. */
  | { readonly form: 'urn' }
  | { readonly form: 'unreadable' };

/** A whole Reference. */
export type ParsedReference =
  | LiteralReference
  /** By identifier alone. */
  | { readonly form: 'logical'; readonly type?: string; readonly identifier: NamedIdentifier }
  /** Nothing but words: `{"display": "Sarah"}`. */
  | { readonly form: 'nothing' };

export interface NamedIdentifier {
  readonly system?: string;
  readonly value: string;
}

const local = new RegExp(`^(?<type>[A-Z][A-Za-z]*)/(?<id>${ehrIdPattern})(?:/_history/(?<version>${ehrIdPattern}))?$`);
const webAddress = /^https?:\/\/[^\s\\]+$/i;

/**
 * Reads the literal part of a reference: server, type, id and version. Addresses of one server compare in whatever way
 * their host, default port and last slash are written, and never by a prefix.
 * @see https://hl7.org/fhir/R4/references.html#literal
 */
export function parseLiteral(literal: string, bases: ReferenceBases): LiteralReference {
  if (literal.startsWith('#')) return { form: 'contained' };
  if (/^urn:/i.test(literal)) return { form: 'urn' };
  if (!webAddress.test(literal)) return readLocal(literal, 'relative') ?? { form: 'unreadable' };
  for (const server of ['ehr', 'own'] as const) {
    const rest = below(literal, bases[server]);
    if (rest !== undefined) return readLocal(rest, server) ?? { form: 'unreadable' };
  }
  const type = /\/([A-Z][A-Za-z]*)\/[^/]+(?:\/_history\/[^/]+)?$/.exec(literal)?.[1];
  return { form: 'elsewhere', ...defined({ type }) };
}

/**
 * Reads a Reference whole: by its literal part, or by identifier where it has none. One that says a type which its literal
 * part is not is unreadable.
 */
export function parseReference(reference: Reference, bases: ReferenceBases): ParsedReference {
  const type = reference.type?.replace('http://hl7.org/fhir/StructureDefinition/', '');
  if (reference.reference !== undefined) {
    const literal = parseLiteral(reference.reference, bases);
    const contradicts = literal.form === 'local' && type !== undefined && type !== literal.type;
    return contradicts ? { form: 'unreadable' } : literal;
  }
  const identifier = namedIdentifier(reference.identifier);
  if (identifier === undefined) return { form: 'nothing' };
  return { form: 'logical', identifier, ...defined({ type }) };
}

/** The identifier of a reference, when it has a value. */
export function namedIdentifier(identifier: Identifier | undefined): NamedIdentifier | undefined {
  if (typeof identifier?.value !== 'string' || identifier.value === '') return undefined;
  const { system, value } = identifier;
  return { value, ...defined({ system }) };
}

/** `Type/id`, without server and version. */
export function relativeOf({ type, id: bare }: LocalReference): string {
  return `${type}/${bare}`;
}

function readLocal(text: string, server: LocalReference['server']): LocalReference | undefined {
  const groups = local.exec(text)?.groups;
  const { type, id: bare, version } = groups ?? {};
  if (type === undefined || bare === undefined) return undefined;
  return { form: 'local', server, type, id: bare, ...defined({ version }) };
}

/** What follows a base in an address under it; undefined: it is not under it. */
function below(address: string, base: string | undefined): string | undefined {
  const [at, under] = [URL.parse(address), base === undefined ? null : URL.parse(base)];
  if (at === null || under === null || at.origin !== under.origin) return undefined;
  const path = `${under.pathname.replace(/\/+$/, '')}/`;
  if (!at.pathname.startsWith(path) || at.username !== '' || at.password !== '') return undefined;
  return `${at.pathname.slice(path.length)}${at.search}${at.hash}`;
}
