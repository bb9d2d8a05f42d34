import type { FakeEhr } from './fake-ehr.ts';

/** What a fake EHR answers to a read or a search with a token of this user and this scope. */
export function readFakeChart(
  { resources, restricted }: Pick<FakeEhr, 'resources' | 'restricted'>,
  { user, scope }: { readonly user: string; readonly scope: string },
  url: URL,
): { status: number; body: object } {
  const [type = '', id] = url.pathname.slice('/fhir/'.length).split('/').map(decodeURIComponent);
  const covers = (text: string) => text.includes(`/${type}.`) || text.includes('/*.');
  if (!scope.split(' ').some((text) => /^(user|patient)\//.test(text) && covers(text)))
    return { status: 403, body: {} };
  const readable = (reference: string) => {
    if (user.startsWith('Patient/') && reference === user) return true;
    if (user.startsWith('Patient/') && !restricted.has(reference)) return !reference.startsWith('Patient/');
    return restricted.get(reference)?.includes(user) ?? true;
  };
  if (id !== undefined) {
    const found = resources.get(`${type}/${id}`);
    if (found === undefined) return { status: 404, body: {} };
    return readable(`${type}/${id}`) ? { status: 200, body: found } : { status: 403, body: {} };
  }
  const { searchParams } = url;
  const ids = searchParams.get('_id')?.split(',');
  const name = searchParams.get('name')?.toLowerCase() ?? '';
  const mentioned = [searchParams.get('patient') ?? '', searchParams.get('practitioner') ?? ''];
  const entry = [...resources]
    .filter(([reference, resource]) => {
      if (!reference.startsWith(`${type}/`) || !readable(reference)) return false;
      if (ids !== undefined && !ids.includes(reference.slice(type.length + 1))) return false;
      const text = JSON.stringify(resource);
      return (
        mentioned.every((value) => text.includes(value)) &&
        JSON.stringify(resource.name ?? '')
          .toLowerCase()
          .includes(name)
      );
    })
    .map(([, resource]) => ({ resource }));
  return { status: 200, body: { resourceType: 'Bundle', type: 'searchset', entry } };
}
