/** What comes is larger than what is taken. */
export class TooLarge extends Error {
  constructor(mostBytes: number) {
    super(`larger than ${mostBytes / 1024 / 1024} MB`);
    this.name = 'TooLarge';
  }
}

/**
 * Reads a body to its end as UTF-8, and no further than `mostBytes`: counted as it is unpacked, so that little on the wire
 * cannot become much in memory.
 * @throws TooLarge as soon as there is more; whoever opened the body closes it then
 */
export async function readBoundedText(
  body: AsyncIterable<Uint8Array> | null | undefined,
  mostBytes: number,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > mostBytes) throw new TooLarge(mostBytes);
    chunks.push(chunk);
  }
  const [only] = chunks;
  return Buffer.from(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks)).toString('utf8');
}
