import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';

/** Who may read the metrics, and what `/ready` and `/health` say of each EHR. */
export interface Monitoring {
  /** Whoever bears it may, and nobody else. */
  readonly token?: string | undefined;
  /** Without a token: whether callers on this machine may. */
  readonly thisMachine: boolean;
}

/** What a proxy says of whom it forwards for. One that says nothing looks like the machine it runs on. */
const forwarding = ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via'];
const loopback = /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/;

/** Whether this caller is one whom the configuration names. */
export function mayMonitor({ token, thisMachine }: Monitoring, request: Request): boolean {
  if (token !== undefined) {
    const given = /^Bearer +(\S+)$/i.exec(request.get('Authorization') ?? '')?.[1];
    return given !== undefined && timingSafeEqual(digest(given), digest(token));
  }
  if (!thisMachine || forwarding.some((header) => request.get(header) !== undefined)) return false;
  return loopback.test(request.socket.remoteAddress ?? '');
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
