import type { StructureDefinition } from 'fhir/r4';
import { type BreakInvariant, breakInvariants } from './break-invariants.ts';
import { deriveRules, type Expectation, type Rule } from './derive-rules.ts';
import { copyJson, isObject, type Json, type JsonObject } from './json-value.ts';

/** A resource that a profile must refuse, and why. `path`: element id of the broken rule; `key`: of a broken invariant. */
export interface Breaking {
  name: string;
  resource: JsonObject;
  expects: Expectation | 'invariant' | 'context';
  path: string;
  key?: string;
}

/** A rule of a profile that no example could be made to break, so that nothing proves it. */
export type Uncovered = Omit<Breaking, 'resource'>;

/** `base`: the definition that the profile constrains; `invariants`: breakers by constraint key. */
export interface NegativeSetOptions {
  base?: StructureDefinition;
  invariants?: Record<string, BreakInvariant>;
}

interface ResourceRule extends Uncovered {
  apply: (resource: JsonObject) => boolean;
}

/**
 * One broken copy of a valid example for each rule that a StructureDefinition (with snapshot) adds: minimum, maximum,
 * required binding, fixed or pattern value, slice, type, reference target, invariant; for an extension also its context.
 * `validExamples` are valid instances of the profile, or any resources that carry the extension.
 */
export function breakings(
  profile: StructureDefinition,
  validExamples: object[],
  options: NegativeSetOptions = {},
): Breaking[] {
  return rulesOf(profile, options).flatMap((rule) => {
    const resource = breakOne(rule, validExamples);
    return resource ? [{ ...described(rule), resource }] : [];
  });
}

/** The rules of a profile for which `breakings` finds no example (or no breaker, for an invariant). */
export function uncovered(
  profile: StructureDefinition,
  validExamples: object[],
  options: NegativeSetOptions = {},
): Uncovered[] {
  return rulesOf(profile, options)
    .filter((rule) => breakOne(rule, validExamples) === undefined)
    .map(described);
}

/** The keys of the invariants of severity `error` that a profile itself states. */
export function ownInvariants(profile: StructureDefinition): { key: string; path: string }[] {
  return (profile.differential?.element ?? []).flatMap((element) =>
    (element.constraint ?? [])
      .filter(({ severity, source }) => severity === 'error' && (source ?? profile.url) === profile.url)
      .map(({ key }) => ({ key, path: element.id ?? element.path })),
  );
}

function described({ apply: _, ...rule }: ResourceRule): Uncovered {
  return rule;
}

function breakOne(rule: ResourceRule, examples: object[]): JsonObject | undefined {
  for (const example of examples) {
    const resource = copyJson(example);
    if (rule.apply(resource)) return resource;
  }
  return undefined;
}

function rulesOf(
  profile: StructureDefinition,
  { base, invariants = breakInvariants }: NegativeSetOptions,
): ResourceRule[] {
  const isExtension = profile.type === 'Extension';
  const onInstance = (apply: Rule['apply']) => (resource: JsonObject) =>
    isExtension
      ? extensionsIn(resource, profile.url).some((instance) => apply(instance, resource))
      : apply(resource, resource);
  const rules = deriveRules(profile, base).map(({ path, expects, apply }) => ({
    name: `${profile.id} ${path} ${expects}`,
    path,
    expects,
    apply: onInstance(apply),
  }));
  return [
    ...rules,
    ...ownInvariants(profile).map(({ key, path }) => ({
      name: `${profile.id} ${path} ${key}`,
      path,
      key,
      expects: 'invariant' as const,
      apply: (resource: JsonObject) => invariants[key]?.(resource, path) ?? false,
    })),
    ...(isExtension ? contextRules(profile) : []),
  ];
}

/** An extension with a context must not stand on `meta`, which none of ours names. */
function contextRules(profile: StructureDefinition): ResourceRule[] {
  if ((profile.context ?? []).some(({ expression }) => expression === 'Element' || expression === 'Meta')) return [];
  const apply = (resource: JsonObject) => {
    const extension = extensionsIn(resource, profile.url)[0];
    if (!extension) return false;
    resource.meta = { ...(isObject(resource.meta) ? resource.meta : {}), extension: [copyJson(extension)] };
    return true;
  };
  return [{ name: `${profile.id} Extension context`, path: 'Extension', expects: 'context', apply }];
}

function extensionsIn(value: Json, url: string): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap((entry) => extensionsIn(entry, url));
  if (!isObject(value)) return [];
  const here = Array.isArray(value.extension) ? value.extension.filter(isObject).filter((e) => e.url === url) : [];
  return [...here, ...Object.values(value).flatMap((entry) => extensionsIn(entry, url))];
}
