/** Where the next page of a list is: a path of our own with all that was asked, and the cursor in place of the last one. */
export function nextPath(
  path: string,
  query: Readonly<Record<string, unknown>>,
  cursor: string | undefined,
): { next?: string } {
  if (cursor === undefined) return {};
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (name === 'cursor' || value === undefined) continue;
    for (const text of [value].flat()) search.append(name, String(text));
  }
  search.set('cursor', cursor);
  return { next: `/api/v1${path}?${search}` };
}
