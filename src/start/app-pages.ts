import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type Handler } from 'express';
import { compressAnswers } from '../http/compress-answers.ts';
import { compressedFiles } from '../http/pages/compressed-files.ts';
import { appPaths } from '../http/smart/page-headers.ts';

const whereBuilt = fileURLToPath(new URL('../../dist/app/', import.meta.url));
const year = 365 * 24 * 3_600_000;

/**
 * The pages of the app as Vite built them, one document at every address of it; undefined when nobody has built them yet.
 * The document is kept by nobody (its headers say so, `page-headers.ts`); what it names is kept for ever, for its names are of its content.
 * @param built the folder that Vite wrote
 */
export function appPages(built: string = whereBuilt): Handler | undefined {
  if (!existsSync(join(built, 'index.html'))) return undefined;
  const assets = join(built, 'assets');
  const pages = express.Router();
  pages.get(appPaths, compressAnswers(), (_request, response) => {
    response.sendFile('index.html', { root: built, cacheControl: false, etag: false, lastModified: false });
  });
  // names under assets/ carry a hash of their content
  pages.use('/assets', compressedFiles(assets, year));
  pages.use('/assets', express.static(assets, { immutable: true, maxAge: year, fallthrough: true }));
  pages.use(express.static(built, { index: false, maxAge: 0 }));
  return pages;
}
