import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appPages } from '../../../src/start/app-pages.ts';
import { rawAnswer } from '../raw-answer.ts';

const script = `export const words = ${JSON.stringify('what is due, '.repeat(300))};`;
const style = `main { ${'margin: 0; '.repeat(200)} }`;
let built: string;
let server: Server;
let base: string;

beforeAll(async () => {
  built = mkdtempSync(join(tmpdir(), 'intersession-built-'));
  mkdirSync(join(built, 'assets'));
  const put = (name: string, bytes: string | Buffer) => writeFileSync(join(built, 'assets', name), bytes);
  writeFileSync(join(built, 'index.html'), '<!doctype html><title>Intersession</title>');
  put('app-1a2b.js', script);
  put('app-1a2b.js.br', brotliCompressSync(script));
  put('app-1a2b.js.gz', gzipSync(script));
  put('app-1a2b.css', style);
  // a build that could make gzip alone
  put('app-1a2b.css.gz', gzipSync(style));
  put('small-3c4d.js', 'export {};');
  put('gone-5e6f.js.br', brotliCompressSync(script));
  const pages = appPages(built);
  if (pages === undefined) throw new Error('the pages are there');
  rmSync(join(built, 'assets/gone-5e6f.js.br'));
  const app = express().disable('etag').use(pages);
  app.use((_request, response) => void response.status(404).json({ code: 'not-found' }));
  server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(built, { recursive: true });
});

const ask = (name: string, headers: Record<string, string> = {}, method = 'GET') =>
  rawAnswer(`${base}/assets/${name}`, headers, method);
const forEver = 'public, max-age=31536000, immutable';

describe('a file of the app', () => {
  it.each([
    ['br', 'br'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip;q=1.0, br;q=0.2', 'br'],
    ['*', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['GZIP', 'gzip'],
  ])('is sent to a browser that takes %j as %s', async (accepts, encoding) => {
    const { status, headers, bytes } = await ask('app-1a2b.js', { 'Accept-Encoding': accepts });
    expect(status).toBe(200);
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers['content-type']).toMatch(/^(text|application)\/javascript; charset=utf-8$/i);
    expect(headers['cache-control']).toBe(forEver);
    expect(headers.vary).toMatch(/accept-encoding/i);
    expect(Number(headers['content-length'])).toBe(bytes.length);
    expect(bytes.length).toBeLessThan(script.length / 3);
    expect((encoding === 'br' ? brotliDecompressSync(bytes) : gunzipSync(bytes)).toString()).toBe(script);
  });

  it.each([[undefined], ['identity'], ['zstd'], ['br;q=0, gzip;q=0'], ['']])(
    'is sent as it is to a browser that takes %j, and says that this depends on it',
    async (accepts) => {
      const { headers, bytes } = await ask('app-1a2b.js', accepts === undefined ? {} : { 'Accept-Encoding': accepts });
      expect(headers['content-encoding']).toBeUndefined();
      expect([headers.vary, headers['cache-control']]).toEqual([expect.stringMatching(/accept-encoding/i), forEver]);
      expect(bytes.toString()).toBe(script);
    },
  );

  it('is sent in the encoding that was made of it, with its own type', async () => {
    const { headers, bytes } = await ask('app-1a2b.css', { 'Accept-Encoding': 'gzip, br' });
    expect([headers['content-encoding'], headers['content-type']]).toEqual(['gzip', 'text/css; charset=utf-8']);
    expect(gunzipSync(bytes).toString()).toBe(style);
    // too small to be worth it: nothing depends on what the browser takes
    const small = await ask('small-3c4d.js', { 'Accept-Encoding': 'gzip, br' });
    expect([small.headers['content-encoding'], small.headers.vary, small.bytes.toString()]).toEqual([
      undefined,
      undefined,
      'export {};',
    ]);
  });

  it('answers HEAD as GET, without a body', async () => {
    for (const accepts of ['br', 'gzip', 'identity']) {
      const [head, get] = [
        await ask('app-1a2b.js', { 'Accept-Encoding': accepts }, 'HEAD'),
        await ask('app-1a2b.js', { 'Accept-Encoding': accepts }),
      ];
      const { date: _then, ...told } = head.headers;
      expect(get.headers).toMatchObject(told);
      expect([head.status, head.bytes.length]).toEqual([200, 0]);
    }
  });

  it('has a tag of its own in each encoding; what has not changed is not sent again, and still says on what it depends', async () => {
    const tags = new Set<unknown>();
    for (const accepts of ['br', 'gzip', 'identity']) {
      const { headers } = await ask('app-1a2b.js', { 'Accept-Encoding': accepts });
      tags.add(headers.etag);
      const again = await ask('app-1a2b.js', { 'Accept-Encoding': accepts, 'If-None-Match': String(headers.etag) });
      expect([again.status, again.bytes.length]).toEqual([304, 0]);
      expect([again.headers.vary, again.headers.etag, again.headers['cache-control']]).toEqual([
        expect.stringMatching(/accept-encoding/i),
        headers.etag,
        forEver,
      ]);
    }
    expect(tags.size).toBe(3);
  });

  it('is sent in part by its own bytes, whatever the browser takes', async () => {
    const part = await ask('app-1a2b.js', { 'Accept-Encoding': 'br, gzip', Range: 'bytes=7-17' });
    expect([part.status, part.headers['content-encoding'], part.headers['content-range']]).toEqual([
      206,
      undefined,
      `bytes 7-17/${script.length}`,
    ]);
    expect(part.bytes.toString()).toBe(script.slice(7, 18));
  });

  it.each(['none-7a8b.js', 'gone-5e6f.js', 'app-1a2b.js/', 'app-1a2b'])(
    'that is not there is not there in any encoding: %s',
    async (name) => {
      const { status, headers, bytes } = await ask(name, { 'Accept-Encoding': 'br' });
      expect([status, headers['content-encoding'], JSON.parse(bytes.toString())]).toEqual([
        404,
        undefined,
        { code: 'not-found' },
      ]);
      expect(headers['content-type']).toMatch(/^application\/json/);
    },
  );
});
