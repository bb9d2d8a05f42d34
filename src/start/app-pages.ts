import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express, { type Handler } from 'express';

const built = fileURLToPath(new URL('../../dist/app/', import.meta.url));

/** The pages of the app as Vite built them; undefined when nobody has built them yet. */
export function appPages(): Handler | undefined {
  if (!existsSync(`${built}index.html`)) return undefined;
  return express.static(built, { index: 'index.html', maxAge: 0 });
}
