import type { EhrFailure } from './ehr-failure.ts';
import type { Gateway } from './gateway.ts';
import type { ReadAnswer } from './read-answer.ts';
import { type SearchAnswer, searchAll } from './search-all.ts';
import type { WriteRequest } from './send-write.ts';
import type { WriteAnswer } from './write-answer.ts';

/** The requests that an EHR takes, with one identity's token. */
export interface EhrAccess {
  readonly base: string;
  read(type: string, id: string): Promise<ReadAnswer>;
  /** Reads an address that the EHR itself gave, e.g. in a Location; undefined when it is not of its origin. */
  readLocation(location: string, type: string): Promise<ReadAnswer | undefined>;
  search(type: string, parameters: URLSearchParams): Promise<SearchAnswer>;
  /** One write: create, update, either of them conditional, or a batch or transaction (path empty). */
  write(request: WriteRequest): Promise<WriteAnswer>;
}

/** The requests that go by this gateway. */
export function accessBy(gateway: Gateway): EhrAccess {
  const { base } = gateway;
  return {
    base,
    read: (type, id) => gateway.get(`${type}/${encodeURIComponent(id)}`, type),
    async readLocation(location, type) {
      const target = URL.parse(location, `${base}/`);
      if (target === null || target.origin !== new URL(base).origin) return undefined;
      return gateway.get(target.href, type);
    },
    search: (type, parameters) => searchAll(gateway, type, parameters),
    write: (request) => gateway.write(request),
  };
}

/** A person's access: what their token may not read is read with the service's own, for reading carries nothing into the chart. */
export function readingByEither(theirs: EhrAccess, own: EhrAccess): EhrAccess {
  return {
    ...theirs,
    read: (type, id) => orOwn(theirs.read(type, id), () => own.read(type, id)),
    search: (type, parameters) => orOwn(theirs.search(type, parameters), () => own.search(type, parameters)),
    readLocation: async (location, type) => {
      const answer = await theirs.readLocation(location, type);
      return answer?.ok === false && notTheirs(answer.failure) ? own.readLocation(location, type) : answer;
    },
  };
}

async function orOwn<A extends ReadAnswer | SearchAnswer>(answer: Promise<A>, own: () => Promise<A>): Promise<A> {
  const theirs = await answer;
  return !theirs.ok && notTheirs(theirs.failure) ? own() : theirs;
}

/** Their token may not, or their sign-in is over: neither says anything of the EHR. */
function notTheirs({ status, disposition, stranger }: EhrFailure): boolean {
  return stranger === undefined && (status === 403 || disposition === 'refresh-token');
}
