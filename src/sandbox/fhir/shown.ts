import type { StoredResource } from '../resource.ts';
import { detachAttachments } from './attachments.ts';
import type { FaceServer } from './served-face.ts';
import { showEncounter } from './show-encounter.ts';
import { showPastNames } from './show-past-names.ts';
import { writeReferences } from './write-references.ts';

/** A stored resource as the face shows it, its attachments inline or by address as the site has it. */
export function shown(server: FaceServer, resource: StoredResource): StoredResource {
  const { face, site } = server;
  const plain = writeReferences(server, face.show(resource));
  const whole = showEncounter(site.has('past-names') ? showPastNames(plain) : plain, site);
  return site.attachmentsByAddress() ? detachAttachments(whole) : whole;
}
