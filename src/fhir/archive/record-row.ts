import type { Extension, FhirResource } from 'fhir/r4';
import { defined } from '../../foundation/defined.ts';
import type { Unlocked } from '../../homework/plan/assignment.ts';
import type { TalkedOver } from '../../homework/plan/barrier.ts';
import type { ToldAt, ToldMove } from '../../homework/told.ts';
import { toInstant } from '../date-time.ts';
import { expectCode, expectElement } from '../expect-element.ts';
import { findExtension, findExtensions } from '../find-extension.ts';
import { ourExtensions } from '../systems.ts';
import type { ChangeFacts, RowFacts, SourceKeyFacts } from './archived-plan.ts';

/** What the record keeps of a thing and no element of its resource says. */
export interface RecordRow {
  readonly facts?: RowFacts | undefined;
  readonly via?: string | undefined;
  readonly told?: ToldAt | undefined;
  readonly moved?: ToldMove | undefined;
  readonly unlocked?: Unlocked | undefined;
  readonly talkedOver?: TalkedOver | undefined;
  readonly unsent?: true | undefined;
  readonly timeOpen?: true | undefined;
  /** What of a log waits for its writer's choice, as JSON. */
  readonly others?: string | undefined;
  readonly writtenBy?: string | undefined;
  readonly revisedBy?: string | undefined;
  /** The report as data, as JSON. */
  readonly reportContent?: string | undefined;
  /** What was changed of a plan or a step while it ran, as JSON. */
  readonly redesigned?: string | undefined;
  /** The forms of its own that a step has asked for, as JSON. */
  readonly forms?: string | undefined;
  /** After how many changes of its step an occurrence has the words it has. */
  readonly words?: number | undefined;
  readonly superseded?: true | undefined;
  readonly owners?: readonly string[] | undefined;
  readonly shownTo?: string | undefined;
  readonly changes?: readonly ChangeFacts[] | undefined;
  readonly sourceKeys?: readonly SourceKeyFacts[] | undefined;
  readonly withdrawn?: string | undefined;
}

/** The resource with what its row says beside, as an export has it. */
export function withRecordRow(resource: FhirResource, row: RecordRow): FhirResource {
  const added = toRecordRow(row);
  if (added === undefined) return resource;
  const before = 'extension' in resource ? (resource.extension ?? []) : [];
  // last: a Provenance's patient stands first
  return { ...resource, extension: [...before, added] } as FhirResource;
}

/** The resource without what its row says beside: as it stood before `withRecordRow`, and stands at our endpoint. */
export function withoutRecordRow(resource: FhirResource): FhirResource {
  if (!('extension' in resource)) return resource;
  const { extension = [], ...rest } = resource;
  const others = extension.filter(({ url }) => url !== ourExtensions.recordRow);
  return (others.length === 0 ? rest : { ...rest, extension: others }) as FhirResource;
}

/** The extension `record-row`; undefined when there is nothing to say. */
function toRecordRow(row: RecordRow): Extension | undefined {
  const { facts, told, moved } = row;
  const parts: Extension[] = [
    ...(facts === undefined
      ? []
      : [
          { url: 'version', valuePositiveInt: facts.version },
          { url: 'updatedAt', valueInstant: facts.updatedAt },
          { url: 'madeBy', valueString: facts.madeBy },
          { url: 'changedBy', valueString: facts.changedBy },
        ]),
    ...text('via', row.via),
    ...(told === undefined
      ? []
      : [nested('told', { url: 'at', valueInstant: told.at }, { url: 'as', valueCode: told.as })]),
    ...(moved === undefined ? [] : [toMoved(moved)]),
    ...(row.unlocked === undefined ? [] : [toUnlocked(row.unlocked)]),
    ...(row.talkedOver === undefined ? [] : [toTalkedOver(row.talkedOver)]),
    ...(row.unsent === undefined ? [] : [{ url: 'unsent', valueBoolean: true }]),
    ...(row.timeOpen === undefined ? [] : [{ url: 'timeOpen', valueBoolean: true }]),
    ...json('others', row.others),
    ...text('writtenBy', row.writtenBy),
    ...text('revisedBy', row.revisedBy),
    ...json('reportContent', row.reportContent),
    ...json('redesigned', row.redesigned),
    ...json('forms', row.forms),
    ...(row.words === undefined ? [] : [{ url: 'words', valueUnsignedInt: row.words }]),
    ...(row.superseded === undefined ? [] : [{ url: 'superseded', valueBoolean: true }]),
    ...(row.owners ?? []).map((owner) => ({ url: 'owner', valueString: owner })),
    ...text('shownTo', row.shownTo),
    ...(row.changes ?? []).map(toChange),
    ...(row.sourceKeys ?? []).map(toSourceKey),
    ...text('withdrawn', row.withdrawn),
  ];
  return parts.length === 0 ? undefined : { url: ourExtensions.recordRow, extension: parts };
}

/**
 * What the extension `record-row` of a resource says; empty without one.
 * @throws IntersessionError `invalid-request` naming the part that is missing
 */
export function fromRecordRow(resource: FhirResource): RecordRow {
  const row = findExtension('extension' in resource ? resource : undefined, ourExtensions.recordRow);
  const part = (url: string) => findExtension(row, url);
  const told = part('told');
  const moved = part('moved');
  const jsonIn = (url: string): string | undefined => {
    const content = part(url)?.valueBase64Binary;
    return content === undefined ? undefined : Buffer.from(content, 'base64').toString('utf8');
  };
  const unlocked = part('unlocked');
  const talkedOver = part('talkedOver');
  return defined({
    facts: part('version') === undefined ? undefined : fromFacts(part),
    via: part('via')?.valueString,
    told: told && {
      at: at(findExtension(told, 'at'), 'told.at'),
      as: expectCode(findExtension(told, 'as')?.valueCode, ['made', 'changed'], 'record-row.told.as'),
    },
    moved: moved && fromMoved(moved),
    unlocked: unlocked && fromUnlocked(unlocked),
    talkedOver: talkedOver && fromTalkedOver(talkedOver),
    unsent: part('unsent')?.valueBoolean === true ? (true as const) : undefined,
    timeOpen: part('timeOpen')?.valueBoolean === true ? (true as const) : undefined,
    others: jsonIn('others'),
    writtenBy: part('writtenBy')?.valueString,
    revisedBy: part('revisedBy')?.valueString,
    reportContent: jsonIn('reportContent'),
    redesigned: jsonIn('redesigned'),
    forms: jsonIn('forms'),
    words: part('words')?.valueUnsignedInt,
    superseded: part('superseded')?.valueBoolean === true ? (true as const) : undefined,
    owners: findExtensions(row, 'owner').flatMap(({ valueString }) => valueString ?? []),
    shownTo: part('shownTo')?.valueString,
    changes: findExtensions(row, 'change').map(fromChange),
    sourceKeys: findExtensions(row, 'sourceKey').map(fromSourceKey),
    withdrawn: part('withdrawn')?.valueString,
  });
}

function nested(url: string, ...parts: Extension[]): Extension {
  return { url, extension: parts };
}

/** FHIR has no empty strings. */
function text(url: string, value: string | undefined): Extension[] {
  return value === undefined || value === '' ? [] : [{ url, valueString: value }];
}

function json(url: string, value: string | undefined): Extension[] {
  return value === undefined ? [] : [{ url, valueBase64Binary: Buffer.from(value, 'utf8').toString('base64') }];
}

function toMoved({ event, at, via, by }: ToldMove): Extension {
  return nested(
    'moved',
    ...text('event', event),
    { url: 'at', valueInstant: at },
    ...text('via', via),
    ...text('by', by),
  );
}

function toUnlocked({ at, by, reason }: Unlocked): Extension {
  return nested('unlocked', { url: 'at', valueInstant: at }, ...text('by', by), ...text('reason', reason));
}

function toTalkedOver({ by, via }: TalkedOver): Extension {
  return nested('talkedOver', ...text('by', by), ...text('via', via));
}

function toChange({ version, at, actor, session }: ChangeFacts): Extension {
  const when = { url: 'at', valueInstant: at };
  return nested(
    'change',
    { url: 'version', valuePositiveInt: version },
    when,
    ...text('actor', actor),
    ...text('session', session),
  );
}

function toSourceKey({ clientId, operation, sourceId, digest, createdAt }: SourceKeyFacts): Extension {
  const words = [
    ...text('client', clientId),
    ...text('operation', operation),
    ...text('id', sourceId),
    ...text('digest', digest),
  ];
  return nested('sourceKey', ...words, { url: 'at', valueInstant: createdAt });
}

function fromFacts(part: (url: string) => Extension | undefined): RowFacts {
  return {
    version: expectElement(part('version')?.valuePositiveInt, 'record-row.version'),
    updatedAt: at(part('updatedAt'), 'updatedAt'),
    madeBy: expectElement(part('madeBy')?.valueString, 'record-row.madeBy'),
    changedBy: expectElement(part('changedBy')?.valueString, 'record-row.changedBy'),
  };
}

function fromMoved(moved: Extension): ToldMove {
  const word = (url: string) => findExtension(moved, url)?.valueString;
  return {
    event: expectElement(word('event'), 'record-row.moved.event'),
    at: at(findExtension(moved, 'at'), 'moved.at'),
    via: expectElement(word('via'), 'record-row.moved.via'),
    ...defined({ by: word('by') }),
  };
}

function fromUnlocked(unlocked: Extension): Unlocked {
  const word = (url: string) => findExtension(unlocked, url)?.valueString;
  return {
    at: at(findExtension(unlocked, 'at'), 'unlocked.at'),
    ...defined({ by: word('by'), reason: word('reason') }),
  };
}

function fromTalkedOver(talkedOver: Extension): TalkedOver {
  const word = (url: string) => findExtension(talkedOver, url)?.valueString;
  return defined({ by: word('by'), via: word('via') });
}

function fromChange(change: Extension): ChangeFacts {
  return {
    version: expectElement(findExtension(change, 'version')?.valuePositiveInt, 'record-row.change.version'),
    at: at(findExtension(change, 'at'), 'change.at'),
    actor: expectElement(findExtension(change, 'actor')?.valueString, 'record-row.change.actor'),
    ...defined({ session: findExtension(change, 'session')?.valueString }),
  };
}

function fromSourceKey(key: Extension): SourceKeyFacts {
  const word = (url: string) => findExtension(key, url)?.valueString;
  return {
    clientId: word('client') ?? '',
    operation: expectElement(word('operation'), 'record-row.sourceKey.operation'),
    sourceId: expectElement(word('id'), 'record-row.sourceKey.id'),
    digest: expectElement(word('digest'), 'record-row.sourceKey.digest'),
    createdAt: at(findExtension(key, 'at'), 'sourceKey.at'),
  };
}

function at(extension: Extension | undefined, path: string): string {
  return toInstant(expectElement(extension?.valueInstant, `record-row.${path}`));
}
