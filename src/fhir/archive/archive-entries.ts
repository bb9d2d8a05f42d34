import type { FhirResource } from 'fhir/r4';
import { hasCode, IntersessionError } from '../../foundation/intersession-error.ts';
import { isObject } from '../../foundation/is-object.ts';
import { identifierSystem } from '../systems.ts';
import { archiveFormat, formatTagSystem, tenantTagSystem } from './write-archive.ts';

/** What is wrong with an export: `entry[3] Task/17: Task.description` and why. */
export interface ArchiveIssue {
  readonly path: string;
  readonly problem: string;
}

/** A resource of an export, and where it stands there. */
export interface NamedEntry {
  /** `entry[3] Task/17` */
  readonly path: string;
  readonly resource: FhirResource;
}

/** One thing that is wrong, thrown. */
export function issueOf(path: string, problem: string): IntersessionError<'invalid-request'> {
  return unreadable([{ path, problem }]);
}

/** Everything that is wrong with an export, as an error. */
export function unreadable(issues: readonly ArchiveIssue[]): IntersessionError<'invalid-request'> {
  const [first] = issues;
  const more = issues.length > 1 ? `, and ${issues.length - 1} more` : '';
  return new IntersessionError('invalid-request', { issues }, `${first?.path}: ${first?.problem}${more}`);
}

/** What was thrown while an entry was read, as issues that name it; of what no code of ours threw, nothing is repeated. */
export function issuesIn(error: unknown, { path, resource }: NamedEntry): ArchiveIssue[] {
  if (hasCode(error, 'invalid-request')) {
    return error.fields.issues.map((issue) => ({ path: `${path}: ${issue.path}`, problem: issue.problem }));
  }
  if (hasCode(error, 'invalid-answer')) {
    return error.fields.issues.map(({ linkId, problem }) => ({ path: `${path}: item ${linkId}`, problem }));
  }
  return [{ path, problem: `cannot be read as a ${resource.resourceType} of FHIR R4: an element has another shape` }];
}

/**
 * The entries of an export of ours for this tenant.
 * @throws IntersessionError `invalid-request` when it is none, or another tenant's
 */
export function archivedEntries(json: unknown, tenantId: string): NamedEntry[] {
  if (!isObject(json) || json.resourceType !== 'Bundle' || json.type !== 'collection' || !Array.isArray(json.entry)) {
    throw issueOf('Bundle', 'is not a Bundle of type collection with entries');
  }
  const tag = (system: string) => tagCode(json.meta, system);
  const format = tag(formatTagSystem);
  if (format === undefined)
    throw issueOf('Bundle.meta.tag', `is no export of this service: it has no tag ${formatTagSystem}`);
  if (format !== archiveFormat)
    throw issueOf('Bundle.meta.tag', `is in another form than this version reads (${archiveFormat})`);
  if (tag(tenantTagSystem) !== tenantId)
    throw issueOf('Bundle.meta.tag', `is an export of another tenant than ${tenantId}`);
  const issues: ArchiveIssue[] = [];
  const seen = new Map<string, string>();
  const entries = json.entry.flatMap((entry: unknown, index): NamedEntry[] => {
    const resource = isObject(entry) ? entry.resource : undefined;
    const at = `entry[${index}]`;
    if (!isNamedResource(resource)) {
      issues.push({ path: `${at}.resource`, problem: 'is not a resource with a type and an id' });
      return [];
    }
    const name = `${resource.resourceType}/${resource.id}`;
    const first = seen.get(name);
    if (first !== undefined) issues.push({ path: `${at} ${name}`, problem: `stands there twice, first as ${first}` });
    seen.set(name, at);
    return [{ path: `${at} ${name}`, resource }];
  });
  const identifier = isObject(json.identifier) ? json.identifier : {};
  if (identifier.system !== identifierSystem('plan') || !seen.has(`CarePlan/${String(identifier.value)}`)) {
    issues.push({ path: 'Bundle.identifier', problem: 'does not name the plan that is in it' });
  }
  if (issues.length > 0) throw unreadable(issues);
  return entries;
}

function tagCode(meta: unknown, system: string): string | undefined {
  const tags: unknown[] = isObject(meta) && Array.isArray(meta.tag) ? meta.tag : [];
  const tag = tags.find((entry) => isObject(entry) && entry.system === system);
  return isObject(tag) && typeof tag.code === 'string' ? tag.code : undefined;
}

function isNamedResource(value: unknown): value is FhirResource & { readonly id: string } {
  return isObject(value) && typeof value.resourceType === 'string' && typeof value.id === 'string';
}
