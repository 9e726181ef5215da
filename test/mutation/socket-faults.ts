import { io } from 'socket.io-client';
import { closeCodes } from '#shared/contract/document.ts';
import type { OutsiderClients } from '#test/support/access.ts';
import type { Client } from '#test/support/client.ts';
import type { TestContext } from '#test/support/context.ts';
import { rawSocket } from '#test/support/raw-socket.ts';
import { newRecord } from '#test/support/records.ts';
import { started } from '#test/support/standups.ts';
import { watchScope } from '#test/support/watcher.ts';

/** Opens the feed, a standup and a document as everybody who may not, then as one who may. Returns the faults. */
export async function socketFaults(ctx: TestContext, people: OutsiderClients): Promise<string[]> {
  const { users, server } = ctx;
  const { id } = await newRecord(users);
  const standup = await started(ctx, users.lead, [id]);
  const faults: string[] = [];

  const seen = async (client: Client) => {
    const watcher = await watchScope(server.url, client, users.scope);
    const attended = await watcher.socket.emitWithAck('attendStandup', standup.id);
    const board = await watcher.socket.emitWithAck('watch', users.scope);
    watcher.socket.close();
    return { board: board !== null, standup: attended !== null, document: await opensDocument(client) };
  };
  const opensDocument = async (client: Client) => {
    const { socket, closed } = await rawSocket(server.url, id, client);
    const ended = socket.readyState === socket.OPEN ? null : (await closed).code;
    socket.terminate();
    return ended === null ? true : ended !== closeCodes.gone && ended !== closeCodes.signedOut;
  };

  for (const who of ['elsewhere', 'former', 'dutiless'] as const) {
    for (const [what, open] of Object.entries(await seen(people[who])))
      if (open) faults.push(`${who} opened a ${what}`);
  }
  if (await opensDocument(people.nobody)) faults.push('nobody opened a document');
  if (await connects(server.url)) faults.push('nobody opened the feed');
  for (const [what, open] of Object.entries(await seen(users.observer)))
    if (!open) faults.push(`no ${what} for a member`);
  return faults;
}

function connects(url: string): Promise<boolean> {
  const socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false });
  return new Promise<boolean>((resolve) => {
    socket.on('connect', () => resolve(true));
    socket.on('connect_error', () => resolve(false));
  }).finally(() => socket.close());
}
