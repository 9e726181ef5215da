import { notificationSentence } from '#shared/text/notification-sentence.ts';
import type { Digest } from '#server/commands/take-digest.ts';
import { escaped } from './escaped.ts';
import type { Mail } from './mailer.ts';

/** A day's digest as a mail: by scope, each line with its record and the way to it. */
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
  const count = news.length === 1 ? '1 thing' : `${news.length} things`;
  const text = [
    `${name}, this is new for you on eCoC Board:`,
    ...scopes.map((scope) =>
      [scope.name, ...scope.lines.map(({ reference, says, url }) => `- ${reference}: ${says}\n  ${url}`)].join('\n'),
    ),
    `Choose what you are mailed: ${choices}`,
  ].join('\n\n');
  const html = [
    `<p>${escaped(name)}, this is new for you on eCoC Board:</p>`,
    ...scopes.map(
      (scope) =>
        `<h2>${escaped(scope.name)}</h2><ul>${scope.lines
          .map(
            ({ reference, says, url }) =>
              `<li><a href="${escaped(url)}">${escaped(reference)}</a>: ${escaped(says)}</li>`,
          )
          .join('')}</ul>`,
    ),
    `<p><a href="${escaped(choices)}">Choose what you are mailed</a></p>`,
  ].join('');
  return { to: email, subject: `eCoC Board: ${count} new for you`, text, html };
}
