import type { StoredResource } from '../resource.ts';
import { detachAttachments } from './attachments.ts';
import type { FaceServer } from './face-server.ts';
import { showPastNames } from './show-past-names.ts';

/** A stored resource as the face shows it, its attachments inline or by address as the site has it. */
export function shown({ face, site }: FaceServer, resource: StoredResource): StoredResource {
  const plain = face.show(resource);
  const whole = site.has('past-names') ? showPastNames(plain) : plain;
  return site.attachmentsByAddress() ? detachAttachments(whole) : whole;
}
