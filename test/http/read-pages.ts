import { z } from 'zod';
import { type Answer, publicUrl } from './open-doors.ts';

const linked = z.object({ link: z.array(z.object({ relation: z.string(), url: z.string() })).default([]) });

/** All pages of a search at our endpoint; what has no next page, a refusal too, is the last. */
export async function readPages(get: (path: string) => Promise<Answer>, first: string): Promise<readonly Answer[]> {
  const pages: Answer[] = [];
  for (let path: string | undefined = first; path !== undefined; ) {
    const page: Answer = await get(path);
    pages.push(page);
    const links = linked.safeParse(page.body).data?.link ?? [];
    path = links.find(({ relation }) => relation === 'next')?.url.replace(publicUrl, '');
  }
  return pages;
}
