import type { Express } from 'express';
import { isObject } from '../foundation/is-object.ts';

/** The methods that some door takes at this path; empty where there is none. */
export function methodsAt(app: Express, path: string): string[] {
  const methods = new Set<string>();
  for (const { route, match } of layersOf(app)) {
    if (route === undefined || !match(path)) continue;
    for (const method of Object.keys(route.methods)) if (method !== '_all') methods.add(method.toUpperCase());
  }
  // Express answers HEAD by the handler of GET
  if (methods.has('GET')) methods.add('HEAD');
  return [...methods].sort();
}

interface Layer {
  readonly route:
    | { readonly path: string | readonly string[]; readonly methods: Readonly<Record<string, boolean>> }
    | undefined;
  match(path: string): boolean;
}

/**
 * The router's own list, in which it looks a path up.
 * @throws TypeError when this version of Express keeps another
 */
export function layersOf(app: Express): Layer[] {
  return app.router.stack.map((layer: unknown) => {
    if (!isLayer(layer)) throw new TypeError('a layer of the router cannot be read');
    return { route: layer.route, match: (path) => layer.match(path) };
  });
}

// what Express's types do not tell of a layer
function isLayer(layer: unknown): layer is Layer {
  if (!isObject(layer) || typeof layer.match !== 'function') return false;
  return layer.route === undefined || (isObject(layer.route) && 'path' in layer.route && isObject(layer.route.methods));
}
