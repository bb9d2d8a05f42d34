import { isObject, listOf, type StoredResource } from '../resource.ts';
import type { FaceServer } from './served-face.ts';

/** A document with the data of each attachment replaced by the address of a Binary, `Binary/<document>.<number>`. */
export function detachAttachments(resource: StoredResource): StoredResource {
  if (resource.resourceType !== 'DocumentReference') return resource;
  const content = listOf(resource.content).map((part, index) => {
    if (!isObject(part) || !isObject(part.attachment) || part.attachment.data === undefined) return part;
    const { data: _data, ...attachment } = part.attachment;
    return { ...part, attachment: { ...attachment, url: `Binary/${resource.id}.${index}` } };
  });
  return { ...resource, content };
}

/** The Binary that such an address leads to, and its document; undefined when there is none. */
export function binaryOf(
  server: FaceServer,
  id: string,
): { binary: StoredResource; document: StoredResource } | undefined {
  const [, documentId = '', index = ''] = /^(.+)\.(\d+)$/.exec(id) ?? [];
  const document = server.store.current('DocumentReference', documentId)?.resource;
  const part = listOf(document?.content)[Number(index)];
  const attachment = isObject(part) && isObject(part.attachment) ? part.attachment : undefined;
  if (document === undefined || typeof attachment?.data !== 'string') return undefined;
  const { contentType, data } = attachment;
  return { document, binary: { resourceType: 'Binary', id, meta: document.meta, contentType, data } };
}
