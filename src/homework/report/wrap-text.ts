/**
 * Breaks a line at spaces so that none is longer than `width` characters; what follows the first is indented by `hang` more.
 * A word longer than a line is broken.
 */
export function wrapText(text: string, indent: number, hang: number, width: number): readonly string[] {
  const lines: string[] = [];
  let line = ' '.repeat(indent);
  let empty = true;
  const next = () => {
    lines.push(line);
    line = ' '.repeat(indent + hang);
    empty = true;
  };
  for (const word of text.split(' ').filter((part) => part !== '')) {
    let rest = [...word];
    if (!empty && [...line].length + 1 + rest.length > width) next();
    if (!empty) line += ' ';
    while ([...line].length + rest.length > width) {
      const room = width - [...line].length;
      line += rest.slice(0, room).join('');
      rest = rest.slice(room);
      next();
    }
    line += rest.join('');
    empty = rest.length === 0;
  }
  if (!empty) lines.push(line);
  return lines;
}
