import type { Handler } from 'express';
import { sameAddress } from '../../foundation/same-address.ts';
import { tenantOfLaunch } from '../../record/session/launch-state.ts';
import type { AppOptions } from '../app-options.ts';

/** Everything a page needs comes from our own origin; nothing inline runs, nothing is sent elsewhere. */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
];

/** The pages of the app, each the same document. */
export const appPaths = ['/', '/launch', '/callback', '/app'];

/**
 * The security headers of a page of the app. Who may frame it is asked per tenant: at the launch by its `iss`, at the
 * return by its `state`; a page that is reloaded later names no tenant, so there any tenant's EHR may. The front page
 * belongs in no frame.
 */
export function pageHeaders(options: AppOptions): Handler {
  const everyone = [...new Set(options.tenants.flatMap(({ frameAncestors = [] }) => frameAncestors))];
  const ancestorsOf = (match: (tenant: AppOptions['tenants'][number]) => boolean): readonly string[] =>
    options.tenants.find(match)?.frameAncestors ?? [];
  const ancestors = async (path: string, query: Record<string, unknown>): Promise<readonly string[]> => {
    if (path === '/app') return everyone;
    if (path === '/launch')
      return ancestorsOf(({ fhirBase }) => typeof query.iss === 'string' && sameAddress(fhirBase, query.iss));
    if (path !== '/callback' || typeof query.state !== 'string') return [];
    const tenantId = await tenantOfLaunch(options.record, query.state);
    // reloaded, or come back twice: the page only says so
    return tenantId === undefined ? everyone : ancestorsOf(({ id }) => id === tenantId);
  };
  return async (request, response, next) => {
    const allowed = await ancestors(request.path.replace(/(.)\/$/, '$1'), request.query);
    const frames = allowed.length === 0 ? "'none'" : allowed.join(' ');
    response.set('Content-Security-Policy', [...contentPolicy, `frame-ancestors ${frames}`].join('; '));
    // it knows only one origin, and frame-ancestors says all of it
    if (allowed.length === 0) response.set('X-Frame-Options', 'DENY');
    else response.removeHeader('X-Frame-Options');
    // the address of the callback holds a code
    response.set('Referrer-Policy', 'no-referrer').set('Cache-Control', 'no-store');
    response.set('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()');
    next();
  };
}
