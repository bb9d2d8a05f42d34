/** What is answered: a resource or a Bundle (or nothing) and the headers that tell of it. */
export interface Answer {
  status: number;
  body?: { resourceType: string };
  etag?: string;
  lastModified?: string;
  location?: string;
}
