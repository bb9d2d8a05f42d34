/**
 * Puts lines together again that `wrapText` broke at `width` and indented by `hang` more, for whoever shows them in a box of
 * another width. A word that was broken stays broken; and a line that fills its width can't be told from one that goes on in an
 * indented line below it: those two become one.
 */
export function unwrapText(text: string, hang: number, width: number): string {
  let own = 0;
  let last = '';
  return text
    .split('\n')
    .reduce<string[]>((lines, line) => {
      const indent = line.length - line.trimStart().length;
      const [first = ''] = line.trimStart().split(' ');
      const before = lines.at(-1);
      const isRest = before !== undefined && last !== '' && indent === own + hang && first !== '';
      // it stands on a line of its own because it did not fit on the one before
      const joins = isRest && [...last].length + 1 + [...first].length > width;
      last = line;
      if (joins) return [...lines.slice(0, -1), `${before} ${line.trimStart()}`];
      own = indent;
      return [...lines, line];
    }, [])
    .join('\n');
}

/**
 * Breaks a line at spaces so that none is longer than `width` characters; what follows the first is indented by `hang` more.
 * A word longer than a line is broken.
 */
export function wrapText(text: string, indent: number, hang: number, width: number): readonly string[] {
  const lines: string[] = [];
  let line = ' '.repeat(indent);
  let length = indent;
  let empty = true;
  const next = () => {
    lines.push(line);
    line = ' '.repeat(indent + hang);
    length = indent + hang;
    empty = true;
  };
  const write = (characters: readonly string[]) => {
    line += characters.join('');
    length += characters.length;
  };
  for (const word of text.split(' ').filter((part) => part !== '')) {
    let rest = [...word];
    if (!empty && length + 1 + rest.length > width) next();
    if (!empty) write([' ']);
    while (length + rest.length > width) {
      const room = width - length;
      write(rest.slice(0, room));
      rest = rest.slice(room);
      next();
    }
    write(rest);
    empty = rest.length === 0;
  }
  if (!empty) lines.push(line);
  return lines;
}
