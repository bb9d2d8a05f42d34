/** Whether what has landed is a resource of its own in the EHR that can follow its patient by an update. */
export function standsByItself(ehrReference: string | null, resourceType: string): boolean {
  return ehrReference !== null && resourceType !== 'DocumentReference';
}
