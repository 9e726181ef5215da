import { and, eq } from 'drizzle-orm';
import { digests } from '#server/db/schema.ts';
import { command } from '../command.ts';
import type { Digest } from './claim-digest.ts';

/** Stores the outcome of a digest: it was sent, or the mail server did not accept it and it may be claimed again. */
export const completeDigest = command(
  'settle-digest',
  async (ctx, { digest, sent }: { digest: Pick<Digest, 'person' | 'day' | 'upTo'>; sent: boolean }): Promise<null> => {
    const claim = and(eq(digests.personId, digest.person), eq(digests.day, digest.day));
    if (sent)
      await ctx.tx
        .update(digests)
        .set({ sentAt: new Date(digest.upTo) })
        .where(claim);
    else await ctx.tx.delete(digests).where(claim);
    return null;
  },
);
