import type { StoredResource } from '../resource.ts';
import { detachAttachments } from './attachments.ts';
import type { FaceServer } from './face-server.ts';

/** A stored resource as the face shows it, its attachments inline or by address as the site has it. */
export function shown({ face, site }: FaceServer, resource: StoredResource): StoredResource {
  const whole = face.show(resource);
  return site.attachmentsByAddress() ? detachAttachments(whole) : whole;
}
