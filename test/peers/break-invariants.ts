import { isObject, type Json, type JsonObject } from './json-value.ts';

/**
 * Breaks one invariant of a profile in a valid resource, in place; false when this example does not lend itself to it.
 * No rule can be derived from a FHIRPath expression, so each constraint of ours has its breaker here, by its key; `path`
 * is the id of the element that states it.
 */
export type BreakInvariant = (resource: JsonObject, path: string) => boolean;

/** Every invariant of severity `error` in profiles/, by constraint key. */
export const breakInvariants: Record<string, BreakInvariant> = {
  'hw-pinned': (resource, path) => {
    const [, child = '', below] = path.split('.');
    const owners = below === undefined ? [resource] : objects(resource[child.split(':')[0] ?? '']);
    const name = (below ?? child).replace('[x]', '');
    return owners.some((owner) => Object.keys(owner).some((key) => key.startsWith(name) && unpin(owner, key)));
  },
  'hwp-1': (resource) => {
    if (!objects(resource.extension).some((object) => isOurs(object, 'plan-closed'))) return false;
    resource.status = 'active';
    return true;
  },
  'hwp-2': (resource) => {
    const period = resource.period;
    if (!isObject(period) || period._start === undefined) return false;
    delete period._start;
    return true;
  },
  'hwa-1': (resource) => {
    if (resource.status === 'draft' || businessStatus(resource)?.code === 'locked') return false;
    resource.status = 'draft';
    return true;
  },
  'hwa-2': (resource) => {
    const coding = businessStatus(resource);
    if (coding?.code !== 'paused') return false;
    coding.code = 'logging';
    delete coding.display;
    return true;
  },
  'hwo-1': (resource) => {
    if (resource.status !== 'completed' || resource.output === undefined) return false;
    delete resource.output;
    return true;
  },
  'hwo-2': (resource) => {
    if (resource.status !== 'cancelled') return false;
    delete resource.statusReason;
    return true;
  },
  'hwl-1': (resource) => {
    const context = objects(resource.extension).find((object) => isOurs(object, 'log-context'));
    return context !== undefined && withoutPart(context, 'task');
  },
  'hwm-1': (resource) => {
    const told = Object.keys(resource).filter((key) => /^_?value|^component$|^hasMember$/.test(key));
    for (const key of told) delete resource[key];
    return told.length > 0;
  },
  'hwt-1': (resource) => {
    const clinician = objects(resource.agent).find(
      ({ who }) => isObject(who) && String(who.reference).startsWith('Practitioner'),
    );
    if (clinician === undefined) return false;
    delete clinician.onBehalfOf;
    return true;
  },
  'hwr-1': (resource) => {
    if (!Array.isArray(resource.content) || resource.content.length < 2) return false;
    resource.content.reverse();
    return true;
  },
  'hwr-2': (resource) => {
    if (resource.docStatus !== 'final') return false;
    delete resource.authenticator;
    return true;
  },
  'hwd-1': (resource) => {
    delete resource.valueQuantity;
    delete resource.dataAbsentReason;
    return true;
  },
  'hwd-2': (resource) => {
    const [expected] = objects(resource.component);
    if (expected === undefined || typeof expected.valueInteger !== 'number') return false;
    expected.valueInteger += 1;
    return true;
  },
  'hws-1': (resource) => {
    if (resource.status !== 'active') return false;
    resource.status = 'inactive';
    return true;
  },
  'hws-2': (resource) => {
    if (resource.status !== 'completed') return false;
    delete resource.statusReason;
    return true;
  },
  'hwu-1': (resource) => {
    const owners = [resource, ...objects(resource.action)];
    const rules = owners
      .flatMap((owner) => objects(owner.extension))
      .filter((jsonObject) => isOurs(jsonObject, 'unlock-rule'));
    return rules.some((rule) => withoutPart(rule, 'criterion'));
  },
  'hwsd-1': (resource) => {
    const timings = objects(resource.input).flatMap(({ valueTiming }) => (isObject(valueTiming) ? [valueTiming] : []));
    const details = timings
      .flatMap((timing) => objects(timing.extension))
      .filter((jsonObject) => isOurs(jsonObject, 'schedule-detail'));
    return details.some((detail) => withoutPart(detail, 'onDays'));
  },
};

const objects = (list: Json | undefined): JsonObject[] => (Array.isArray(list) ? list.filter(isObject) : []);

const isOurs = ({ url }: JsonObject, name: string): boolean =>
  url === `https://intersession.dev/fhir/StructureDefinition/${name}`;

function businessStatus({ businessStatus: concept }: JsonObject): JsonObject | undefined {
  return isObject(concept) ? objects(concept.coding)[0] : undefined;
}

/** Takes the `|version` off a canonical, or off each of a list; false when there is none to take. */
function unpin(owner: JsonObject, key: string): boolean {
  const bare = (canonical: Json): Json =>
    typeof canonical === 'string' ? canonical.replace(/^(https:.*)\|[^|]*$/, '$1') : canonical;
  const pinned = owner[key];
  const value = Array.isArray(pinned) ? pinned.map(bare) : bare(pinned ?? null);
  if (pinned === undefined || JSON.stringify(value) === JSON.stringify(pinned)) return false;
  owner[key] = value;
  return true;
}

/** Takes one part off a complex extension; false when it isn't there. */
function withoutPart(extension: JsonObject, url: string): boolean {
  const parts = objects(extension.extension);
  const rest = parts.filter((part) => part.url !== url);
  extension.extension = rest;
  return rest.length < parts.length;
}
