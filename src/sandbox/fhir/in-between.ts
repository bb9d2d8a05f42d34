import type { Request, Response } from 'express';
import type { Site } from '../site.ts';

/** What stands between an EHR and whoever calls it, and answers in its place. */
export interface InBetween {
  /** Answers before the EHR is asked. @returns whether it did */
  before(request: Request, response: Response): boolean;
  /** Answers after the EHR did what was asked. @returns whether it did */
  after(request: Request, response: Response): boolean;
}

const login = 'https://login.gateway.invalid/sso?next=%2Ffhir';

/** By the traits of this site: a gateway with pages and a login of its own. */
export function inBetween(site: Site): InBetween {
  let writes = 0;
  return {
    before(request, response) {
      if (site.has('gateway-not-found') && !request.path.startsWith('/metadata')) {
        answerPage(response, 404, '404 Not Found');
        return true;
      }
      if (!site.has('login-redirect') || !isWrite(request)) return false;
      response.set('Location', login);
      answerPage(response, 302, 'Redirecting to sign in');
      return true;
    },
    after(request, response) {
      if (!site.has('html-after-write') || !isWrite(request)) return false;
      writes += 1;
      if (writes % 3 !== 1) return false;
      answerPage(response, 200, 'Session expired');
      return true;
    },
  };
}

function isWrite({ method, path }: Request): boolean {
  return method !== 'GET' && method !== 'HEAD' && !path.endsWith('/_search');
}

function answerPage(response: Response, status: number, title: string): void {
  const page = `<!doctype html><html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  response.status(status).type('text/html').send(page);
}
