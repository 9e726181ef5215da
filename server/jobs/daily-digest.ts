import { and, eq, gt, isNull, lte } from 'drizzle-orm';
import { dayOf } from '#shared/domain/day.ts';
import type { Services } from '#server/commands/command.ts';
import { completeDigest } from '#server/commands/notifications/complete-digest.ts';
import { claimDigest } from '#server/commands/notifications/claim-digest.ts';
import { digests, notifications } from '#server/db/schema.ts';
import { digestMail } from '#server/mail/digest-mail.ts';
import type { Mailer } from '#server/mail/mailer.ts';
import { everyMinute } from './every-minute.ts';

interface DigestServices extends Services {
  mailer: Mailer;
  publicUrl: string;
  /** `HH:MM`, UTC. */
  digestAt: string;
}

const system = { actor: null, operation: null };
const recently = 7 * 86_400_000;

/**
 * Mails everybody their news once a day, from the configured time on. Several processes send each mail only once. A
 * mail that the server does not accept is retried on the next run and delays nobody else; if the refusal is permanent,
 * its news goes into the next day's digest. If the server cannot be reached, the remaining mails wait too. Throws the
 * first failure.
 */
export async function sendDigests(services: DigestServices): Promise<void> {
  const now = services.now();
  if (now.toISOString().slice(11, 16) < services.digestAt) return;
  const told = await services.db
    .selectDistinct({ person: notifications.personId })
    .from(notifications)
    .leftJoin(digests, and(eq(digests.personId, notifications.personId), eq(digests.day, dayOf(now, 'UTC'))))
    .where(
      and(
        gt(notifications.at, new Date(now.getTime() - recently)),
        lte(notifications.at, now),
        isNull(digests.personId),
      ),
    );
  const failures: unknown[] = [];
  for (const { person } of told) {
    const digest = await claimDigest(services, system, { person });
    if (!digest) continue;
    try {
      await services.mailer.send(digestMail(digest, services.publicUrl));
    } catch (error) {
      failures.push(error);
      const answer = answerTo(error);
      if (answer === null || answer < 500) await completeDigest(services, system, { digest, sent: false });
      if (answer === null) break;
      continue;
    }
    await completeDigest(services, system, { digest, sent: true });
  }
  if (failures.length > 0) throw failures[0];
}

/** The SMTP code that answered this mail; null: the problem is the mail server, not the mail. */
function answerTo(error: unknown): number | null {
  const { code, responseCode } = error as { code?: string; responseCode?: number };
  return code === 'EENVELOPE' || code === 'EMESSAGE' ? (responseCode ?? null) : null;
}

/** Checks once a minute whether it is time. Returns a stop function. */
export const watchDigests = (services: DigestServices): (() => Promise<void>) =>
  everyMinute('mailing the daily digest', () => sendDigests(services));
