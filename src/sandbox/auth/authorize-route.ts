import express, { type RequestHandler, Router } from 'express';

/**
 * The way to the authorization endpoint, by GET or POST. Nothing that a browser remembers has a say: cookies are left
 * out, so that the request alone decides. `offline_access` is asked for with `prompt=consent`, as OpenID wants it.
 */
export function authorizeRoute(answer: RequestHandler): Router {
  const router = Router();
  router.use('/authorize', express.text({ type: 'application/x-www-form-urlencoded', limit: '20kb' }));
  router.all('/authorize', (request, response, next) => {
    const sent = request.method === 'POST' ? request.body : request.originalUrl.split('?')[1];
    const params = new URLSearchParams(typeof sent === 'string' ? sent : '');
    const prompt = params.get('prompt') ?? '';
    if ((params.get('scope') ?? '').split(' ').includes('offline_access') && !/\b(none|consent)\b/.test(prompt)) {
      params.set('prompt', `${prompt} consent`.trim());
    }
    delete request.headers.cookie;
    request.method = 'GET';
    request.url = `/authorize?${params}`;
    answer(request, response, next);
  });
  return router;
}
