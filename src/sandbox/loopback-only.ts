import type { RequestHandler } from 'express';

const LOOPBACK = /^(?:::1|(?:::ffff:)?127\.\d+\.\d+\.\d+)$/;

/**
 * Lets only this machine in, and only under a name of this machine: a web page elsewhere that points its own host
 * name at 127.0.0.1 is refused too.
 */
export function loopbackOnly(host: string): RequestHandler {
  const names = new Set(['127.0.0.1', 'localhost', '[::1]', host]);
  return (request, response, next) => {
    const name = (request.get('host') ?? '').replace(/:\d+$/, '');
    if (LOOPBACK.test(request.socket.remoteAddress ?? '') && names.has(name)) return next();
    response.status(403).type('text/plain').send('Only from this machine');
  };
}
