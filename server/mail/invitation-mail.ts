import type { Invitation } from '#shared/contract/person.ts';
import { escaped } from './escaped.ts';
import type { Mail } from './mailer.ts';

/** The link to join, sent to the invited address: whoever opens it reads the mail of that address. */
export function invitationMail({ email, invitedBy, expiresAt }: Invitation, link: string): Mail {
  const says = `${invitedBy.name} invited you to eCoC Board. Open this link to join:`;
  const until = `It works once, until ${expiresAt.slice(0, 10)}. If you do not know ${invitedBy.name}, ignore this mail.`;
  return {
    to: email,
    subject: `${invitedBy.name} invited you to eCoC Board`,
    text: [says, link, until].join('\n\n'),
    html: `<p>${escaped(says)}</p><p><a href="${escaped(link)}">${escaped(link)}</a></p><p>${escaped(until)}</p>`,
  };
}
