import type { Questionnaire } from 'fhir/r4';
import { defined } from '../foundation/defined.ts';
import { IntersessionError } from '../foundation/intersession-error.ts';
import type { KindSlug, VersionedCanonical } from '../homework/model.ts';
import { canonicalOf } from './canonical-of.ts';
import type { Kind, KindVersion } from './kind.ts';
import { withForm } from './with-form.ts';

/** A version as it is found by its canonical: with its kind, and with the id of its Questionnaire at our endpoint. */
export interface RegisteredVersion extends KindVersion {
  readonly kind: Kind;
  readonly canonical: VersionedCanonical;
  readonly questionnaire: Questionnaire & { readonly id: string };
}

/** Kinds by slug, and every version of their questionnaires by `url|version`. */
export interface KindRegister {
  readonly kinds: readonly Kind[];
  /** Every version of every kind; of each kind the oldest first. */
  readonly versions: readonly RegisteredVersion[];
  /**
   * The kind of that slug.
   * @param field where the slug stands in what was asked: `assignments[2].kind`
   * @throws IntersessionError `unknown-kind`, naming the known ones
   */
  kind(slug: KindSlug, field?: string): Kind;
  /** The version of exactly that canonical; undefined: this service has no such questionnaire. */
  find(canonical: VersionedCanonical): RegisteredVersion | undefined;
  /**
   * The version that an assignment or a log names. A plan keeps it for ever, so it must be among those that we know.
   * @throws IntersessionError `unknown-artefact` (artefact `questionnaire`)
   */
  version(canonical: VersionedCanonical): RegisteredVersion;
  /**
   * The version that somebody else's document names.
   * @param field where it stands: `QuestionnaireResponse.questionnaire`
   * @throws IntersessionError `invalid-request` naming the field, when it names no version or none that there is
   */
  named(canonical: string | undefined, field: string): RegisteredVersion;
}

/**
 * A register of kinds.
 * @throws TypeError when two have one slug, one canonical or one id, or when an id would be none in FHIR
 */
export function kindRegister(kinds: readonly Kind[]): KindRegister {
  // first: of two kinds of one slug that is what to say, not what follows from it
  uniqueBy(kinds, 'slug', ({ slug }) => slug);
  const versions = kinds.flatMap(registered);
  const byCanonical = uniqueBy(versions, 'canonical', ({ canonical }) => canonical);
  for (const id of uniqueBy(versions, 'id', ({ questionnaire }) => questionnaire.id).keys()) {
    if (!/^[A-Za-z0-9.-]{1,64}$/.test(id)) throw new TypeError(`"${id}" cannot be the id of a Questionnaire`);
  }
  return registerOf(kinds, { versions: () => versions, find: (canonical) => byCanonical.get(canonical) });
}

/** A register over versions that are found by their canonicals. */
export function registerOf(
  kinds: readonly Kind[],
  { versions, find }: { readonly versions: () => readonly RegisteredVersion[] } & Pick<KindRegister, 'find'>,
): KindRegister {
  const bySlug = new Map(kinds.map((kind) => [kind.slug, kind]));
  return {
    kinds,
    get versions() {
      return versions();
    },
    find,
    kind: (slug, field) => bySlug.get(slug) ?? refuseKind(kinds, slug, field),
    version: (canonical) => find(canonical) ?? refuseVersion(canonical),
    named: (canonical, field) => find(canonical ?? '') ?? refuseNamed(versions(), canonical, field),
  };
}

/** The first version keeps the id that its file has, so that no link to it breaks; each later one adds its version to it. */
function registered(kind: Kind): RegisteredVersion[] {
  const id = kind.versions[0].questionnaire.id ?? kind.slug;
  return kind.versions.map((version, index) => ({
    ...version,
    ...defined({ scores: version.scores && withForm(version.scores, version.questionnaire) }),
    kind,
    canonical: canonicalOf(version.questionnaire),
    questionnaire: { ...version.questionnaire, id: index === 0 ? id : `${id}-${version.questionnaire.version}` },
  }));
}

function uniqueBy<T>(list: readonly T[], what: string, keyOf: (item: T) => string): ReadonlyMap<string, T> {
  const byKey = new Map(list.map((item) => [keyOf(item), item]));
  if (byKey.size === list.length) return byKey;
  const twice = list.map(keyOf).find((key, index, keys) => keys.indexOf(key) !== index);
  throw new TypeError(`two kinds or versions have the ${what} ${twice}`);
}

function refuseKind(kinds: readonly Kind[], slug: KindSlug, field: string | undefined): never {
  const known = kinds.map((kind) => kind.slug);
  throw new IntersessionError(
    'unknown-kind',
    { kind: slug, known, ...defined({ field }) },
    `There is no such kind of homework; the known ones are ${known.join(', ')}.`,
  );
}

function refuseVersion(canonical: VersionedCanonical): never {
  throw new IntersessionError(
    'unknown-artefact',
    { artefact: 'questionnaire', id: canonical },
    `The questionnaire ${canonical} is not among those of this version of the service.`,
  );
}

function refuseNamed(versions: readonly RegisteredVersion[], canonical: string | undefined, field: string): never {
  const [url = ''] = (canonical ?? '').split('|');
  const same = versions.filter(({ questionnaire }) => questionnaire.url === url).map((version) => version.canonical);
  const known = same.length === 0 ? 'names no questionnaire that is known here' : `must be ${same.join(' or ')}`;
  const problem = canonical === undefined ? 'is missing' : known;
  throw new IntersessionError('invalid-request', { issues: [{ path: field, problem }] }, `${field} ${problem}.`);
}
