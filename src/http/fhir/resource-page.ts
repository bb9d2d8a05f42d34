const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Nothing on the page runs, loads or is framed. */
export const resourcePagePolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * A resource for a person who followed a link: its JSON as text. Nothing of it becomes markup, its narrative neither.
 * @param json as it would have been sent
 */
export function resourcePage(title: string, json: string): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    `<head><meta charset="utf-8"><title>${escapeText(title)}</title></head>`,
    `<body><h1>${escapeText(title)}</h1><pre>${escapeText(json)}</pre></body>`,
    '</html>',
    '',
  ].join('\n');
}

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}
