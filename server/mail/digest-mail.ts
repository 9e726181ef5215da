import { texts } from '#shared/text/language.ts';
import { notificationSentence } from '#shared/text/notification-sentence.ts';
import type { Digest } from '#server/commands/notifications/claim-digest.ts';
import { escaped } from './escaped.ts';
import type { Mail } from './mailer.ts';

/** A day's digest as a mail: by scope, each line with its record and a link to it. */
export function digestMail({ name, email, news }: Digest, publicUrl: string): Mail {
  const scopes = [...Map.groupBy(news, ({ scope }) => scope.id).values()].map((lines) => ({
    name: lines[0]!.scope.name,
    lines: lines.map(({ scope, record, told }) => ({
      reference: record.reference,
      says: notificationSentence(told),
      url: `${publicUrl}/scopes/${scope.id}/records/${record.id}`,
    })),
  }));
  const choices = `${publicUrl}/inbox/choices`;
  const say = texts().mails;
  const [intro, choose] = [say.digestIntro({ name }), say.digestChoices({})];
  const text = [
    intro,
    ...scopes.map((scope) =>
      [scope.name, ...scope.lines.map(({ reference, says, url }) => `- ${reference}: ${says}\n  ${url}`)].join('\n'),
    ),
    `${choose}: ${choices}`,
  ].join('\n\n');
  const html = [
    `<p>${escaped(intro)}</p>`,
    ...scopes.map(
      (scope) =>
        `<h2>${escaped(scope.name)}</h2><ul>${scope.lines
          .map(
            ({ reference, says, url }) =>
              `<li><a href="${escaped(url)}">${escaped(reference)}</a>: ${escaped(says)}</li>`,
          )
          .join('')}</ul>`,
    ),
    `<p><a href="${escaped(choices)}">${escaped(choose)}</a></p>`,
  ].join('');
  return { to: email, subject: say.digestSubject({ count: news.length }), text, html };
}
