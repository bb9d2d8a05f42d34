import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express, { type Handler } from 'express';
import { appPaths } from '../http/smart/page-headers.ts';

const built = fileURLToPath(new URL('../../dist/app/', import.meta.url));

/** The pages of the app as Vite built them, one document at every address of it; undefined when nobody has built them yet. */
export function appPages(): Handler | undefined {
  if (!existsSync(`${built}index.html`)) return undefined;
  const pages = express.Router();
  pages.get(appPaths, (_request, response) => {
    response.sendFile('index.html', { root: built, cacheControl: false, etag: false, lastModified: false });
  });
  // names under assets/ carry a hash of their content
  pages.use('/assets', express.static(`${built}assets`, { immutable: true, maxAge: '1y', fallthrough: true }));
  pages.use(express.static(built, { index: false, maxAge: 0 }));
  return pages;
}
