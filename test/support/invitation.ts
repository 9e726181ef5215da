import type { Duty } from '#shared/contract/duty.ts';
import type { Client } from './client.ts';
import type { Founding } from './founding.ts';

let invited = 0;
export const freshEmail = () => `guest${++invited}@works.example`;

/** Invites somebody into the scope and gives the token of the link. */
export async function invite(
  cast: Founding,
  more: { by?: Client; email?: string; duties?: Duty[]; admin?: boolean } = {},
): Promise<{ token: string; email: string }> {
  const { by = cast.admin, email = freshEmail(), duties = ['reviewer'], admin = false } = more;
  const { link } = await by.call('post /api/organisations/{organisation}/invitations', {
    params: { organisation: cast.organisation },
    body: { email, admin, scope: cast.scope, duties },
  });
  return { token: link!.split('/').at(-1)!, email };
}
