import type { Card } from '#shared/contract/record.ts';
import { call } from '#lib/api.ts';
import { seenIn } from '#lib/documents/open-documents.ts';
import type { BoardIntent } from './intents.ts';

/** Sends an intent to the server. Returns the resulting card. */
export async function sendIntent(intent: BoardIntent): Promise<Card> {
  const { operation, card } = intent;
  const params = { record: card.id };
  if (intent.kind === 'hand') {
    const { to, what, due } = intent;
    const body = { from: card.nextAction.owner, to, what, due };
    return (await call('post /api/records/{record}/next-action', { params, body, operation })).card;
  }
  const { to, after, reason } = intent;
  const body = {
    from: card.stage,
    to,
    ...(after === undefined ? {} : { after }),
    ...(reason ? { reason } : {}),
    ...seenIn(card.id),
  };
  return (await call('post /api/records/{record}/move', { params, body, operation })).card;
}
