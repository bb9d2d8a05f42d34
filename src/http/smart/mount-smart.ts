import type { Express } from 'express';
import type { AppOptions, SmartOptions } from '../app-options.ts';
import { limitDoor } from '../limit-door.ts';
import { readJson } from '../read-body.ts';
import { beginLaunch } from './begin-launch.ts';
import { endSession } from './end-session.ts';
import { finishLaunch } from './finish-launch.ts';

/** Mounts the doors by which a browser signs in and out. */
export function mountSmart(app: Express, options: AppOptions, smart: SmartOptions): void {
  const json = readJson('application/json');
  // counted before the body is read
  app.post('/smart/launch', limitDoor(options, 'launch'), json, beginLaunch(options, smart));
  app.post('/smart/callback', limitDoor(options, 'callback'), json, finishLaunch(options, smart));
  app.delete('/smart/session', endSession(options, smart));
}
