import type { StoredResource } from '../resource.ts';
import { detachAttachments } from './attachments.ts';
import type { FaceServer } from './face-server.ts';
import { writeReferences } from './write-references.ts';

/** A stored resource as the face shows it, its attachments inline or by address as the site has it. */
export function shown(server: FaceServer, resource: StoredResource): StoredResource {
  const { face, site } = server;
  const whole = writeReferences(server, face.show(resource));
  return site.attachmentsByAddress() ? detachAttachments(whole) : whole;
}
