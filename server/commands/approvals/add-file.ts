import { createHash } from 'node:crypto';
import type { ApprovalFile } from '#shared/contract/approval.ts';
import { readApprovalFile } from '#shared/domain/approval-file.ts';
import { approvalFiles, files } from '#server/db/schema.ts';
import { filesOf } from '#server/db/approvals.ts';
import { command } from '../command.ts';
import { Refused } from '../errors.ts';
import { loadApprovalForUpdate } from './load.ts';

interface Input {
  approval: string;
  name: string;
  bytes: Uint8Array;
}

/**
 * Attaches a file to an approval. Its bytes are stored once per organisation, by SHA-256; a file that is already
 * attached stays unchanged. Throws NotFound, Forbidden, and Refused for a file whose content does not match its name.
 */
export const addApprovalFile = command(
  'add-approval-file',
  async (ctx, { approval, name, bytes }: Input): Promise<ApprovalFile> => {
    const { id, organisationId, number } = await loadApprovalForUpdate(ctx, approval);
    const read = readApprovalFile(name, bytes);
    if ('rule' in read) throw new Refused([read]);
    const hash = createHash('sha256').update(bytes).digest('hex');
    await ctx.tx
      .insert(files)
      .values({ organisationId, hash, mediaType: read.mediaType, size: bytes.byteLength, content: bytes })
      .onConflictDoNothing();
    const [added] = await ctx.tx
      .insert(approvalFiles)
      .values({ approvalId: id, hash, name, addedBy: ctx.actor!.id, at: ctx.now })
      .onConflictDoNothing()
      .returning();
    if (added) {
      ctx.record({
        trail: organisationId,
        kind: 'approval.fileAdded',
        body: { approval: id, number, name, hash, bytes: bytes.byteLength },
      });
    }
    return (await filesOf(ctx.tx, id)).find((file) => file.hash === hash)!;
  },
);
