import type { Invitation } from '#shared/contract/person.ts';
import { texts } from '#shared/text/language.ts';
import { readableDay } from '#shared/text/readable-day.ts';
import { escaped } from './escaped.ts';
import type { Mail } from './mailer.ts';

/** The link to join, sent to the invited address: a person who opens it can read the mail of that address. */
export function invitationMail({ email, invitedBy, expiresAt }: Invitation, link: string): Mail {
  const say = texts().mails;
  const inviter = invitedBy.name;
  const says = say.invitationIntro({ inviter });
  const until = say.invitationUntil({ inviter, day: readableDay(expiresAt.slice(0, 10)) });
  return {
    to: email,
    subject: say.invitationSubject({ inviter }),
    text: [says, link, until].join('\n\n'),
    html: `<p>${escaped(says)}</p><p><a href="${escaped(link)}">${escaped(link)}</a></p><p>${escaped(until)}</p>`,
  };
}
