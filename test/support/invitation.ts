import type { Duty } from '#shared/contract/duty.ts';
import type { Client } from './client.ts';
import type { SeededOrganisation } from './seed-organisation.ts';

let invited = 0;
export const freshEmail = () => `guest${++invited}@works.example`;

/** Invites somebody into the scope and returns the token of the link. */
export async function invite(
  users: SeededOrganisation,
  more: { by?: Client; email?: string; duties?: Duty[]; admin?: boolean } = {},
): Promise<{ token: string; email: string }> {
  const { by = users.admin, email = freshEmail(), duties = ['reviewer'], admin = false } = more;
  const { link } = await by.call('post /api/organisations/{organisation}/invitations', {
    params: { organisation: users.organisation },
    body: { email, admin, scope: users.scope, duties },
  });
  return { token: link!.split('/').at(-1)!, email };
}
