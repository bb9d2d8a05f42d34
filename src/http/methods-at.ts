import type { Express } from 'express';

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

/** The router's own list, in which it looks a path up. */
export function layersOf(app: Express): Layer[] {
  return app.router.stack.map((layer) => ({
    route: layer.route as unknown as Layer['route'],
    match: (path) => (layer as unknown as Layer).match(path),
  }));
}
