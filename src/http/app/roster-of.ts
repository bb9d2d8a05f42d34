import { isEhrId } from '../../foundation/ehr-id.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import { withUserToken } from '../smart/with-user-token.ts';
import type { AppCall } from './app-route.ts';

/**
 * Whom a coordinator looks after, by the tenant's configuration: undefined for everyone whose homework we hold, else the
 * patients of a Group of the EHR, as the coordinator's own token can read it.
 * @throws `not-supported` when the tenant gives no roster
 */
export async function rosterOf(
  call: Pick<AppCall, 'options' | 'smart' | 'session' | 'tenant'>,
): Promise<readonly string[] | undefined> {
  const { options, smart, session, tenant } = call;
  const { roster } = tenant;
  if (roster === 'all') return undefined;
  const groupId = roster?.startsWith('Group/') === true ? roster.slice('Group/'.length) : undefined;
  if (groupId === undefined || !isEhrId(groupId)) {
    throw new IntersessionError('not-supported', { what: 'a roster' }, 'No roster is set up for this EHR connection.');
  }
  const members = await withUserToken(options, smart, session, (client, accessToken) =>
    client.readGroupMembers(accessToken, groupId),
  );
  return members ?? [];
}
